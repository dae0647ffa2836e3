import type { Place } from './counted-under.ts'
import { addCounts, type Counts, type Dimension, noCounts } from './measures.ts'
import type { CellBatch } from './report-store.ts'

/** The counts of cells, added up for each place. */
export function countsByPlace(cells: readonly CellBatch[]): (Place & { counts: Counts })[] {
  const places = new Map<Dimension, Map<string, Counts>>()
  for (const cell of cells) {
    for (const { dimension, value } of cell.places) addCounts(countsOf(places, dimension, value), cell.counts)
  }
  return [...places].flatMap(([dimension, values]) =>
    [...values].map(([value, counts]) => ({ dimension, value, counts })),
  )
}

function countsOf(places: Map<Dimension, Map<string, Counts>>, dimension: Dimension, value: string): Counts {
  const values = places.get(dimension) ?? new Map<string, Counts>()
  places.set(dimension, values)
  const counts = values.get(value) ?? noCounts()
  values.set(value, counts)
  return counts
}
