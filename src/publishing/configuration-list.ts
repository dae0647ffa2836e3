import type { z } from 'zod'
import type { Site } from '../paywall/site.ts'
import type { Sited } from './configuration.ts'
import { type Path, type Problem, readAs, unexpected } from './problem.ts'

/** One of the configuration's lists, as far as it could be read. */
export type ConfigurationList<Entry> = {
  /** The entries without a problem of their own. */
  entries: { path: Path; value: Entry }[]
  problems: Problem[]
  /** Ids of all entries, also of those with problems; null if one could not be read, so that an unknown id is no news. */
  ids: Set<string> | null
}

/** Reads what people wrote as the list `name`, entry by entry, so that one broken entry does not hide the others' problems. */
export function readList<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  input: unknown,
): ConfigurationList<z.output<Schema>> {
  if (!Array.isArray(input)) {
    return { entries: [], problems: [unexpected([name], 'a list of entries', input)], ids: null }
  }
  const rows: unknown[] = input
  const list: ConfigurationList<z.output<Schema>> = { entries: [], problems: [], ids: idsOf(rows) }
  for (const [index, row] of rows.entries()) {
    const path = [name, index]
    const read = readAs(schema, row, path)
    if ('problems' in read) list.problems.push(...read.problems)
    else list.entries.push({ path, value: read.value })
  }
  return list
}

/** The same list with the only site filled in where it was left out. Left out among several it is a problem. */
export function withSites<Entry extends { site?: string | undefined }>(
  list: ConfigurationList<Entry>,
  sites: ConfigurationList<Site>,
): ConfigurationList<Sited<Entry>> {
  const known = sites.ids === null ? [] : [...sites.ids]
  const [first, ...others] = known
  const sited: ConfigurationList<Sited<Entry>> = { entries: [], problems: [...list.problems], ids: list.ids }
  for (const { path, value } of list.entries) {
    const site = value.site ?? (others.length === 0 ? first : undefined)
    if (site !== undefined) sited.entries.push({ path, value: { ...value, site } })
    else if (others.length > 0) {
      const expected = `the site it belongs to (there are several: ${known.join(', ')})`
      sited.problems.push(unexpected([...path, 'site'], expected, undefined))
    }
  }
  return sited
}

function idsOf(rows: unknown[]): Set<string> | null {
  const ids = new Set<string>()
  for (const row of rows) {
    if (typeof row !== 'object' || row === null || !('id' in row) || typeof row.id !== 'string') return null
    ids.add(row.id)
  }
  return ids
}
