import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { generateSchemas, schemasFile } from '../../../src/sandbox/stripe/schemas/generate.ts'

const folder = resolve(import.meta.dirname, '../../../src/sandbox/stripe')

describe('the payment sandbox', () => {
  it('imports nothing of the service it stands outside of', async () => {
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'))
    assert.ok(files.length > 20)
    for (const file of files) {
      const path = join(folder, file)
      for (const [, address = ''] of (await readFile(path, 'utf8')).matchAll(/from '(\.[^']+)'/g)) {
        const target = resolve(path, '..', address)
        assert.ok(target.startsWith(`${folder}/`), `${file} imports ${address}`)
      }
    }
  })

  it('checks requests against the types of the library that is installed', async () => {
    assert.equal(await readFile(schemasFile, 'utf8'), generateSchemas(), 'run schemas/generate.ts')
  })
})
