import type { Logger } from 'pino'
import type { Decided } from '../paywall/access.routes.ts'
import type { Stores } from '../stores/stores.ts'
import { createTrafficRecorder } from '../what-if/traffic-recorder.ts'
import { occurrenceOf } from './occurrence.ts'
import { createRecorder } from './recorder.ts'

/** What is remembered of decisions: numbers for reports, and visits on which drafts are tried. */
export type Reports = {
  record(decided: Decided): void
  /** Writes the rest. */
  stop(): Promise<void>
}

/** `secret` makes pseudonyms of readers for the record of visits. */
export function createReports(parts: {
  stores: Pick<Stores, 'reports' | 'traffic'>
  secret: string
  log: Pick<Logger, 'warn'>
}): Reports {
  const { stores, secret, log } = parts
  const numbers = createRecorder({ store: stores.reports, log })
  const visits = createTrafficRecorder({ store: stores.traffic, secret, log })
  return {
    record(decided) {
      const occurrence = occurrenceOf(decided)
      if (occurrence !== null) numbers.record(occurrence)
      visits.record(decided)
    },
    async stop() {
      await numbers.stop()
      await visits.stop()
    },
  }
}
