import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { remembered } from '../remembered.ts'
import { type Entry, entrySchema, type Lists, listOf, schemaOf } from './entries.ts'
import { readAs } from './problem.ts'

/** Reads an entry with its kind's schema; a refusal names each field. The only site is filled in where it was left out. */
export function readEntry(lists: Lists, kind: string, input: unknown): Entry | Problem {
  const schema = schemaOf(kind)
  if (schema === null) return new Problem('not_found', `There are no ${kind} in the configuration.`)
  const read = readAs(schema, input, [])
  if ('problems' in read) {
    const errors = read.problems.map(({ path, message }) => ({
      field: path.join('.') || 'entry',
      expected: message.replace(/^expected /, ''),
    }))
    const detail = errors.map(({ field, expected }) => `${field}: expected ${expected}`).join('; ')
    return new Problem('invalid_request', `${detail}.`, { errors })
  }
  const entry = plain(entrySchema.parse(read.value))
  const [site, ...others] = listOf(lists, 'sites')
  if (entry.site !== undefined || !knowsSite(kind) || kind === 'plans' || others.length > 0) return entry
  return { ...entry, site: site?.id }
}

const knowsSite = remembered((kind: string) => {
  const { properties, oneOf, anyOf } = z.toJSONSchema(schemaOf(kind) ?? z.never(), {
    io: 'input',
    unrepresentable: 'any',
  })
  const shapes = [properties, ...[...(oneOf ?? []), ...(anyOf ?? [])].map((shape) => shape.properties)]
  return shapes.some((shape) => shape?.site !== undefined)
})

/** As it will be read from the store: without fields that say nothing. */
function plain(entry: Entry): Entry {
  return entrySchema.parse(JSON.parse(JSON.stringify(entry)))
}
