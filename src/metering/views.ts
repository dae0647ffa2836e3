import { hash } from 'node:crypto'
import { rememberEach } from '../remembered.ts'

/**
 * One reader's first reading of one article in a window (spec rule 3). The article is a 32-bit fingerprint of its id,
 * the meter a 16-bit one, the time whole epoch seconds: so small that a reader's record stays one short string. Article
 * 0 says that a nudge was shown; the meter is then the nudge's fingerprint.
 */
export type View = { article: number; meter: number; atSeconds: number }

/** What a meter asks: how many distinct articles lie from `fromSeconds` on and before `untilSeconds`, of how many. */
export type MeterBounds = { meter: number; limit: number; fromSeconds: number; untilSeconds: number }

/** When a nudge is shown: at the views from `fromView` to `toView`, if fewer than `times` since `fromSeconds`. */
export type NudgeBounds = {
  nudge: number
  fromView: number
  toView: number
  times: number
  fromSeconds: number
}

/**
 * A commit: this article, at this time. The first of the meters that has room counts it, an allowance before the
 * article's own meter, which is the last. The nudges watch the last one.
 */
export type Commit = {
  article: number
  atSeconds: number
  retainSeconds: number
  meters: readonly MeterBounds[]
  nudges: readonly NudgeBounds[]
}

/**
 * `counted` took a free view of the meter at that index, and perhaps showed the nudge at that index; `reread` had been
 * counted before; `stopped` found no room.
 */
export type Judgement =
  | { outcome: 'counted'; meter: number; nudge: number | null }
  | { outcome: 'reread' }
  | { outcome: 'stopped' }

/**
 * How long a fact is of use at the least: a month and a margin. Facts older than what a site retains are pruned when a
 * view is written, and the whole record expires that long after the last write.
 */
export const leastRetainSeconds = 35 * 86_400

/**
 * What a commit meets, given what the reader has read (spec rules 1, 2, 7). This is the one definition: the SQLite store
 * runs it inside its transaction, record-view.lua says the same to Redis, the contract tests hold them together.
 */
export function judge(views: readonly View[], commit: Commit): Judgement {
  if (commit.meters.some((bounds) => readIn(views, commit.article, bounds))) return { outcome: 'reread' }
  const meter = commit.meters.findIndex((bounds) => countUsed(views, bounds) < bounds.limit)
  if (meter === -1) return { outcome: 'stopped' }
  return {
    outcome: 'counted',
    meter,
    nudge: meter === commit.meters.length - 1 ? nudgeOf(views, commit) : null,
  }
}

/** An article that any meter has counted stays open to the end of this one's window (spec rule 2). */
export function readIn(views: readonly View[], article: number, bounds: MeterBounds): boolean {
  return views.some((view) => view.article === article && inWindow(view, bounds))
}

/** Distinct articles that lie in the meter's window: `used` is a question asked of the facts (spec rule 3). */
export function countUsed(views: readonly View[], bounds: MeterBounds): number {
  const articles = new Set<number>()
  for (const view of views) {
    if (view.meter === bounds.meter && view.article !== 0 && inWindow(view, bounds))
      articles.add(view.article)
  }
  return articles.size
}

function nudgeOf(views: readonly View[], { meters, nudges }: Commit): number | null {
  const last = meters.at(-1)
  if (last === undefined || nudges.length === 0) return null
  const used = countUsed(views, last) + 1
  const index = nudges.findIndex(
    (nudge) => used >= nudge.fromView && used <= nudge.toView && timesShown(views, nudge) < nudge.times,
  )
  return index === -1 ? null : index
}

function timesShown(views: readonly View[], { nudge, fromSeconds }: NudgeBounds): number {
  return views.filter((view) => view.article === 0 && view.meter === nudge && view.atSeconds >= fromSeconds)
    .length
}

export function inWindow(view: View, bounds: Pick<MeterBounds, 'fromSeconds' | 'untilSeconds'>): boolean {
  return view.atSeconds >= bounds.fromSeconds && view.atSeconds < bounds.untilSeconds
}

/**
 * 32 bits of SHA-256, never 0. Two of a reader's 50 articles share them with a probability of 3e-7; one view then goes
 * uncounted, in the reader's favour.
 */
export function articleFingerprint(id: string): number {
  return Number.parseInt(hash('sha256', id, 'hex').slice(0, 8), 16) || 1
}

/** The same, made once for an article that is asked about again and again (http/body.ts). */
export const fingerprintOf = rememberEach(({ id }: { readonly id: string }) => articleFingerprint(id))

/** 16 bits of SHA-256; a configuration in which two of a site's meters, allowances or nudges share them does not validate. */
export function meterFingerprint(id: string): number {
  return Number.parseInt(hash('sha256', id, 'hex').slice(0, 4), 16)
}
