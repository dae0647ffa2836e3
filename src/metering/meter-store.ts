import type { Standing } from '../subscriptions/access.ts'
import type { View, ViewOutcome, ViewToRecord } from './views.ts'

/** What the store knows of a reader when a decision is taken. `untilMs` is the instant the access ends. */
export type ReaderFacts = {
  views: readonly View[]
  access: { standing: Standing; untilMs: number } | null
}

/** The facts after a commit. `subscribed` counted nothing, for access was live at the view's time (spec rule 8). */
export type RecordedView = ReaderFacts & { outcome: ViewOutcome | 'subscribed' }

/**
 * Counts views. A reader is named by the key of `readerKey()`. Every call is one round trip; it rejects when the store
 * cannot be asked in time, and a commit that was given up may still be carried out later, which is harmless: it counts
 * an article that the reader did open.
 */
export type MeterStore = {
  /** Asks and counts in one atomic step (spec rules 6 and 7). */
  recordView(reader: string, view: ViewToRecord): Promise<RecordedView>
  /** Asks only (spec rule 5). */
  readerFacts(reader: string): Promise<ReaderFacts>
}
