import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'
import { introSchema } from '../../src/offers/intro.ts'
import { offerSchema } from '../../src/offers/offer.ts'
import { configurationSchema } from '../../src/publishing/configuration.ts'
import { loadConfiguration } from '../../src/publishing/load-configuration.ts'
import { firstColumnCode, headings, readText, section } from './markdown.ts'

const page = readText('docs/configuration.md')
const lists = Object.entries(configurationSchema.shape).map(([name, list]) => {
  const { element } = list instanceof z.ZodDefault ? list.unwrap() : list
  return [name, element] as const
})

describe('docs/configuration.md', () => {
  it('has a section for each file', () => {
    const files = headings(page, 2).filter((heading) => heading.endsWith('.yaml'))
    assert.deepEqual(files.sort(), lists.map(([name]) => `${name}.yaml`).sort())
  })

  it('names every field of each file, and no others', () => {
    let seen = 0
    for (const [name, element] of lists) {
      const fields = leaves(z.toJSONSchema(element, { io: 'input', unrepresentable: 'any' }))
      assert.deepEqual(firstColumnCode(section(page, `${name}.yaml`)).sort(), fields.sort(), name)
      seen += fields.length
    }
    assert.ok(seen >= 25, `${seen} fields`)
  })

  it('gives examples that make a configuration together', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newsrack-docs-'))
    try {
      for (const [name] of lists) {
        const example = /```yaml\n(.*?)```/s.exec(section(page, `${name}.yaml`))?.[1] ?? ''
        await writeFile(join(folder, `${name}.yaml`), example)
      }
      const { configuration } = await loadConfiguration(folder, { firstStartedAt: 0 })
      for (const [name, entries] of Object.entries(configuration)) assert.equal(entries.length, 1, name)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('gives further examples of offers that each make one', () => {
    const examples = [...section(page, 'offers.yaml').matchAll(/```yaml\n(.*?)```/gs)]
    for (const [, example = ''] of examples) {
      const [offer] = z.array(offerSchema).parse(parse(example))
      assert.ok(offer)
    }
    const intros = [...section(page, 'offers.yaml').matchAll(/`({ kind: .*?)` \|/g)]
    for (const [, intro = ''] of intros) introSchema.parse(parse(intro))
    assert.ok(examples.length >= 3 && intros.length >= 9)
  })
})

type JsonSchema = z.core.JSONSchema.BaseSchema

/** Dotted names of the values people write, whichever alternative they belong to. */
function leaves(schema: JsonSchema, path = ''): string[] {
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  const inner = alternatives.flatMap((alternative) => leaves(alternative, path))
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (typeof field === 'object') inner.push(...leaves(field, path === '' ? name : `${path}.${name}`))
  }
  return inner.length > 0 ? [...new Set(inner)] : [path]
}
