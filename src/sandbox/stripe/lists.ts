import { invalid } from './errors.ts'
import { mustFind, type Sandbox } from './sandbox.ts'
import type { Kind, Kinds } from './stored.ts'

type Page = { limit?: number; starting_after?: string; ending_before?: string }
type Range = number | { gt?: number; gte?: number; lt?: number; lte?: number }

/** The page parameters every list takes. */
export const pageParams = ['limit', 'starting_after', 'ending_before', 'expand'] as const

/** One page of a kind's documents that match, the newest first. */
export function listDocuments<K extends Kind>(
  sandbox: Sandbox,
  options: { kind: K; url: string; page: Page; matches?: (document: Kinds[K]) => boolean },
): object {
  const { kind, url, page, matches = () => true } = options
  const all = sandbox.documents.all(kind).filter(matches)
  return cutPage({ all, url, page, mustKnow: (id, param) => mustFind(sandbox, kind, id, param) })
}

/** One page of anything that is already in order. */
export function cutPage(options: {
  all: { id: string }[]
  url: string
  page: Page
  mustKnow: (id: string, param: string) => void
}): object {
  const { all, url, page, mustKnow } = options
  const { limit = 10, starting_after: after, ending_before: before } = page
  if (limit < 1 || limit > 100) throw invalid('Invalid limit: must be between 1 and 100', { param: 'limit' })
  if (after !== undefined && before !== undefined) {
    throw invalid('You may only specify one of these parameters: ending_before, starting_after.', {
      param: 'ending_before',
    })
  }
  if (after !== undefined) mustKnow(after, 'starting_after')
  if (before !== undefined) mustKnow(before, 'ending_before')
  const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
  const to = before === undefined ? all.length : all.findIndex(({ id }) => id === before)
  const candidates = all.slice(from, to)
  const data = before === undefined ? candidates.slice(0, limit) : candidates.slice(-limit)
  return { object: 'list', url, has_more: candidates.length > data.length, data }
}

/** Whether a time is within what a list was asked for: an exact second, or bounds. */
export function within(value: number, range: Range | undefined): boolean {
  if (range === undefined) return true
  if (typeof range === 'number') return value === range
  const { gt, gte, lt, lte } = range
  return (
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte)
  )
}

/** Whether a field is what a list was asked for; everything is, if the list was not. */
export function same<T>(value: T, asked: T | undefined): boolean {
  return asked === undefined || value === asked
}
