import type { ApiProblem } from '../api.ts'
import { isRecord } from '../form/variants.ts'

/** A field in which two versions of an entry differ, in words; null where it is not set. */
export type Difference = { field: string; mine: string | null; theirs: string | null }

/** The differences that come with a refusal. */
export function differencesIn(told: unknown): Difference[] {
  if (!Array.isArray(told)) return []
  return told.filter(isRecord).map(({ field, mine, theirs }) => ({
    field: String(field),
    mine: wordsOf(mine),
    theirs: wordsOf(theirs),
  }))
}

function wordsOf(said: unknown): string | null {
  return typeof said === 'string' ? said : null
}

/** What somebody else has saved while one was writing, if that is why saving was refused. */
export function savedMeanwhile(problem: ApiProblem | null) {
  if (problem?.code !== 'entry_changed') return null
  const { current, differences } = problem.more
  if (!isRecord(current) || !isRecord(current.entry)) return null
  return { entry: current.entry, etag: String(current.etag), differences: differencesIn(differences) }
}
