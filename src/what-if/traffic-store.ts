import type { Visit } from './visit.ts'

/** The recorded traffic of the last `keptTrafficDays` days. */
export type TrafficStore = {
  /**
   * Adds visits to a day whose share of readers has been halved so often, and tells how often it is now. Visits of
   * readers who are no longer among them are left out, those that were there before too.
   */
  add(record: { site: string; day: string; halvings: number; visits: readonly Visit[] }): Promise<number>
  /** The smallest share of readers of whom every visit of those days is there; 1 where nobody was left out. */
  share(site: string, days: readonly string[]): Promise<number>
  /** The visits of a day, those of one reader in the order in which they were added; some at a time. */
  visits(site: string, day: string): AsyncIterable<Visit[]>
}

export const keptTrafficDays = 35

/** A day that has more goes on with half of its readers, so that a busy one has from half of them up to all. */
export const mostVisitsADay = 40_000

/** So often a share can be halved: fewer readers than one in four billion are none. */
export const mostHalvings = 31

/** How often the share of readers may be halved until this one is no longer among them. `place` as in `Visit`. */
export function layerOf(place: number): number {
  return Math.min(mostHalvings, Math.clz32(place * 2 ** 32))
}

export function shareAfter(halvings: number): number {
  return 2 ** -halvings
}
