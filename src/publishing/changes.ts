import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { changeWords, entryWords } from './change-words.ts'
import { type Entry, keyOf, kinds, type Lists, listOf } from './entries.ts'

/** What is different about one entry, for people. */
export const changeSchema = z
  .object({
    kind: z.string(),
    key: z.string(),
    title: z.string().describe('The entry as people know it'),
    change: z.enum(['added', 'changed', 'removed', 'moved']),
    words: z.array(z.string()).describe('Such as "regular price 17.99 → 19.99 USD"'),
  })
  .describe('A change')

export type Change = z.infer<typeof changeSchema>

/** Everything that is different between two configurations, in the order in which people read them. */
export function changesBetween(before: Lists, after: Lists): Change[] {
  return kinds.flatMap((kind) => [
    ...changedEntries(kind, before, after),
    ...movedEntries(kind, before, after),
  ])
}

export function titleOf(kind: string, entry: Entry): string {
  const { name, headline } = entry
  const key = keyOf(kind, entry)
  if (typeof name === 'string') return name
  return typeof headline === 'string' ? `${headline} (${key})` : key
}

function changedEntries(kind: string, before: Lists, after: Lists): Change[] {
  const old = byKey(kind, before)
  const young = byKey(kind, after)
  const removed = [...old].filter(([key]) => !young.has(key))
  return [
    ...removed.map(([key, entry]) => ({ ...about(kind, key, entry), change: 'removed' as const, words: [] })),
    ...[...young].flatMap(([key, entry]): Change[] => {
      const previous = old.get(key)
      if (previous === undefined) {
        return [{ ...about(kind, key, entry), change: 'added', words: entryWords(kind, entry, after) }]
      }
      if (isDeepStrictEqual(previous, entry)) return []
      const words = changeWords(kind, { from: previous, into: entry }, { before, after })
      return [{ ...about(kind, key, entry), change: 'changed', words }]
    }),
  ]
}

/** Where the order of what both have is another. Of meters and of equal offers the first one counts. */
function movedEntries(kind: string, before: Lists, after: Lists): Change[] {
  const old = [...byKey(kind, before).keys()]
  const young = byKey(kind, after)
  const shared = old.filter((key) => young.has(key))
  const order = [...young.keys()].filter((key) => shared.includes(key))
  if (isDeepStrictEqual(shared, order)) return []
  const first = order.find((key, index) => key !== shared[index])
  const entry = young.get(first ?? '')
  if (first === undefined || entry === undefined) return []
  const words = [`the order is now ${order.join(', ')}`]
  return [{ ...about(kind, first, entry), change: 'moved', words }]
}

function byKey(kind: string, lists: Lists): Map<string, Entry> {
  return new Map(listOf(lists, kind).map((entry) => [keyOf(kind, entry), entry]))
}

function about(kind: string, key: string, entry: Entry) {
  return { kind, key, title: titleOf(kind, entry) }
}
