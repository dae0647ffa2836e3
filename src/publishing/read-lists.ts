import { Problem } from '../http/problem.ts'
import type { DraftProblem } from './check-lists.ts'
import { kinds, type Lists } from './entries.ts'
import { readEntry } from './read-entry.ts'

/** Reads a whole configuration as people write it into lists of checked entries, or tells all that is wrong. */
export function readLists(configuration: Readonly<Record<string, readonly unknown[]>>): Lists | Problem {
  const problems: DraftProblem[] = Object.keys(configuration)
    .filter((kind) => !kinds.includes(kind))
    .map((kind) => ({ kind, key: null, field: '', message: `unknown; known are ${kinds.join(', ')}` }))
  const lists: Lists = {}
  for (const kind of kinds) {
    lists[kind] = (configuration[kind] ?? []).flatMap((input) => {
      const entry = readEntry(lists, kind, input)
      if (!(entry instanceof Problem)) return [entry]
      const key = keyGiven(input)
      problems.push(
        ...entry.errors.map(({ field, expected }) => ({ kind, key, field, message: `expected ${expected}` })),
      )
      return []
    })
  }
  if (problems.length === 0) return lists
  const [first] = problems
  const where = [first?.kind, first?.key, first?.field].filter(Boolean).join(', ')
  return new Problem('draft_invalid', `${where}: ${first?.message}.`, { more: { problems } })
}

function keyGiven(input: unknown): string | null {
  return typeof input === 'object' && input !== null && 'id' in input ? String(input.id) : null
}
