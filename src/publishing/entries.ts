import { z } from 'zod'
import { configurationSchema } from './configuration.ts'

/** What the configuration is made of: `sites`, `meters`, `offers` … */
export const kinds = Object.keys(configurationSchema.shape)

/** One entry of a list, as it is written. Its kind's schema has checked it. */
export type Entry = z.infer<typeof entrySchema>
export const entrySchema = z.record(z.string(), z.unknown())

/** The lists by their kind. Each entry fits its schema; together they may not make a configuration yet. */
export type Lists = z.infer<typeof listsSchema>
export const listsSchema = z.record(z.string(), z.array(entrySchema))

/** An entry that was put away: it takes part in nothing, and can be put back. */
export const archivedEntrySchema = z.object({ kind: z.string(), key: z.string(), entry: entrySchema })

/** Where an entry is. */
export type Place = { kind: string; key: string }

/** The schema of one kind's entries; null for an unknown kind. */
export function schemaOf(kind: string): z.ZodType | null {
  const list = Object.entries(configurationSchema.shape).find(([name]) => name === kind)?.[1]
  if (list === undefined) return null
  const array = list instanceof z.ZodDefault ? list.unwrap() : list
  return z.custom<z.ZodType>().parse(array.element)
}

/** Kinds whose ids no two sites share. */
const namedOnce = new Set(['sites', 'plans', 'offers'])

/** Names an entry within its kind: `standing`, `demo.default`, `demo.subscription` (a wall). */
export function keyOf(kind: string, entry: Entry): string {
  const name = String(kind === 'walls' ? entry.kind : entry.id)
  return namedOnce.has(kind) || entry.site === undefined ? name : `${String(entry.site)}.${name}`
}

export function listOf(lists: Lists, kind: string): readonly Entry[] {
  return lists[kind] ?? []
}

export function entryAt(lists: Lists, { kind, key }: Place): Entry | null {
  return listOf(lists, kind).find((entry) => keyOf(kind, entry) === key) ?? null
}

/** The lists of a configuration, an empty one for each kind that it leaves out. */
export function listsFrom(configuration: unknown): Lists {
  const given = listsSchema.parse(configuration)
  return Object.fromEntries(kinds.map((kind) => [kind, given[kind] ?? []]))
}

/** With the entry in the place of the one at `key`, or before another one, or last. */
export function withEntry(
  lists: Lists,
  { kind, entry, at, before }: { kind: string; entry: Entry; at?: string; before?: string | null },
): Lists {
  const list = listOf(lists, kind)
  if (at !== undefined) {
    return { ...lists, [kind]: list.map((other) => (keyOf(kind, other) === at ? entry : other)) }
  }
  const found = before ? list.findIndex((other) => keyOf(kind, other) === before) : -1
  const index = found === -1 ? list.length : found
  return { ...lists, [kind]: list.toSpliced(index, 0, entry) }
}

export function withoutEntry(lists: Lists, { kind, key }: Place): Lists {
  return { ...lists, [kind]: listOf(lists, kind).filter((entry) => keyOf(kind, entry) !== key) }
}
