import type { Standing } from '../subscriptions/access.ts'
import type { Commit, Judgement, MeterBounds, View } from './views.ts'

/** What the store knows of a reader when a decision is taken. `untilMs` is the instant the access ends. */
export type ReaderFacts = {
  views: readonly View[]
  access: { standing: Standing; untilMs: number } | null
}

/** The facts after a commit. `subscribed` counted nothing, for access was live at the view's time (spec rule 8). */
export type RecordedView = ReaderFacts & { judgement: Judgement | { outcome: 'subscribed' } }

/**
 * Counts views. A reader is named by the key of `readerKey()`. Asking and counting are one round trip; every call
 * rejects when the store cannot be asked in time, and a commit that was given up may still be carried out later, which
 * is harmless: it counts that article once and within the limit.
 */
export type MeterStore = {
  /** Asks and counts in one atomic step (spec rules 6 and 7). */
  recordView(reader: string, commit: Commit): Promise<RecordedView>
  /** Asks only (spec rule 5). */
  readerFacts(reader: string): Promise<ReaderFacts>
  /** Lets what one reader has read count for another too (spec rule 9), once, however often it is repeated. */
  mergeReaders(merge: ReaderMerge): Promise<void>
  /** Deletes what a reader has read. May be repeated. */
  forgetReader(reader: string): Promise<void>
}

/**
 * `from` signs in as `into`, with what it has read from `sinceSeconds` on (epoch seconds). Within each of these meters' windows the earliest reading of an article is kept; what lies
 * outside of them is kept as it is.
 */
export type ReaderMerge = {
  from: string
  into: string
  sinceSeconds: number
  meters: readonly MeterBounds[]
  retainSeconds: number
}
