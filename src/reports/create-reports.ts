import type { Logger } from 'pino'
import type { Decided } from '../paywall/access.routes.ts'
import type { Rules } from '../paywall/rules.ts'
import type { Stores } from '../stores/stores.ts'
import { createTrafficRecorder } from '../what-if/traffic-recorder.ts'
import { visitedBy } from '../what-if/visited.ts'
import { createCountedUnder } from './counted-under.ts'
import { occurrenceOf } from './occurrence.ts'
import { createRecorder } from './recorder.ts'
import { createSales, type Sales } from './sales.ts'

/** What is remembered of decisions and sales: numbers for reports, and visits on which drafts are tried. */
export type Reports = {
  record(decided: Decided): void
  sales: Sales
  /** Writes the rest. */
  stop(): Promise<void>
}

/** `secret` makes pseudonyms of readers for the record of visits. */
export function createReports(parts: {
  stores: Pick<Stores, 'reports' | 'traffic'>
  rules: () => Rules
  secret: string
  log: Pick<Logger, 'warn'>
}): Reports {
  const { stores, rules, secret, log } = parts
  const counting = { store: stores.reports, countedUnder: createCountedUnder(), log }
  const numbers = createRecorder(counting)
  const visits = createTrafficRecorder({ store: stores.traffic, secret, log })
  return {
    record(decided) {
      const occurrence = occurrenceOf(decided)
      if (occurrence !== null) numbers.record(occurrence)
      const visited = visitedBy(decided)
      if (visited !== null) visits.record(visited)
    },
    sales: createSales({ ...counting, rulesOf: (site) => rules().sites.get(site) ?? null }),
    async stop() {
      await numbers.stop()
      await visits.stop()
    },
  }
}
