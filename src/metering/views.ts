import { hash } from 'node:crypto'

/**
 * One reader's first reading of one article in a window (spec rule 3). The article is a 32-bit fingerprint of its id,
 * the meter a 16-bit one, the time whole epoch seconds: so small that a reader's record stays one short string.
 */
export type View = { article: number; meter: number; atSeconds: number }

/** What a meter asks: how many distinct articles lie from `fromSeconds` on and before `untilSeconds`, of how many. */
export type MeterBounds = { meter: number; limit: number; fromSeconds: number; untilSeconds: number }

/** A commit: this article, at this time, and what its meter asks. */
export type ViewToRecord = MeterBounds & { article: number; atSeconds: number }

/** `counted` took one of the free views, `reread` had been counted before, `stopped` found none left. */
export type ViewOutcome = 'counted' | 'reread' | 'stopped'

/**
 * How long a fact is of use: the longest window and a margin. Facts older than this before the newest view are pruned
 * when a view is written, and the whole record expires this long after the last write.
 */
export const retainSeconds = 35 * 86_400

/**
 * What a view would meet, given what the reader has read (spec rules 1, 2, 7). This is the one definition: the SQLite
 * store runs it inside its transaction, record-view.lua says the same to Redis, the contract tests hold them together.
 */
export function judgeView(views: readonly View[], view: ViewToRecord): ViewOutcome {
  if (views.some((seen) => seen.article === view.article && inWindow(seen, view))) return 'reread'
  return countUsed(views, view) < view.limit ? 'counted' : 'stopped'
}

/** Distinct articles that lie in the meter's window: `used` is a question asked of the facts (spec rule 3). */
export function countUsed(views: readonly View[], bounds: MeterBounds): number {
  const articles = new Set<number>()
  for (const view of views) {
    if (view.meter === bounds.meter && inWindow(view, bounds)) articles.add(view.article)
  }
  return articles.size
}

function inWindow(view: View, bounds: MeterBounds): boolean {
  return view.atSeconds >= bounds.fromSeconds && view.atSeconds < bounds.untilSeconds
}

/**
 * 32 bits of SHA-256. Two of a reader's 50 articles share them with a probability of 3e-7; one view then goes
 * uncounted, in the reader's favour.
 */
export function articleFingerprint(id: string): number {
  return Number.parseInt(hash('sha256', id, 'hex').slice(0, 8), 16)
}

/** 16 bits of SHA-256; a configuration in which two meters of a site share them does not validate. */
export function meterFingerprint(id: string): number {
  return Number.parseInt(hash('sha256', id, 'hex').slice(0, 4), 16)
}
