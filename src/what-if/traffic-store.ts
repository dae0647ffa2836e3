import type { Visit } from './visit.ts'

/** The recorded traffic of the last `keptTrafficDays` days. */
export type TrafficStore = {
  /** Adds visits to a day, of readers below the share, and tells how many the day has now. */
  add(record: { site: string; day: string; share: number; visits: readonly Visit[] }): Promise<number>
  /** The smallest share of readers of whom every visit of those days is there; 1 where nothing was left out. */
  share(site: string, days: readonly string[]): Promise<number>
  /** The visits of a day in the order in which they were added, some at a time. */
  visits(site: string, day: string): AsyncIterable<Visit[]>
}

export const keptTrafficDays = 35
export const mostVisitsADay = 20_000

/**
 * The share of readers whose visits are recorded when a day has so many: all of them at first, and the fuller the day
 * the fewer, so that there are never more than twice `mostVisitsADay`.
 */
export function shareFor(visits: number): number {
  const room = 2 - visits / mostVisitsADay
  if (room > 1) return 1
  return room <= 0 ? 0 : 2 ** (Math.ceil(Math.log2(room)) - 1)
}
