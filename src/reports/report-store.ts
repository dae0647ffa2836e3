import type { Place } from './counted-under.ts'
import type { Counts, Dimension } from './measures.ts'

/** What happened on one day of a site's calendar (`2026-11-24`), gathered in one process; it is added to what is there. */
export type DayBatch = {
  site: string
  day: string
  /** They share no decision: what is counted in several places is so in one cell. */
  cells: readonly CellBatch[]
  reached: readonly Reached[]
}

/** What happened to readers who are counted in the same places. */
export type CellBatch = {
  places: readonly Place[]
  counts: Counts
  /** The keys of the readers who asked, and of those who were stopped: each counts once a period. */
  readers: readonly string[]
  stopped: readonly string[]
}

/** So many readers have reached this number of views in the window of this meter. */
export type Reached = { meter: string; window: string; used: number; readers: number }

/** What is known of one value of a dimension over some days together. */
export type Slice = { value: string; counts: Counts; readers: number; stopped: number }

/** One step of a sale, which is counted once however often it is told. `day` is that of the attempt. */
export type Sale = {
  site: string
  day: string
  attempt: string
  step: 'checkouts' | 'bought' | 'cancelled'
  places: readonly Place[]
  /** Of what was bought; minor units a month. */
  monthly: { amount: number; currency: string } | null
}

/** The reports' memory. Days older than `keptDays` are forgotten. */
export type ReportStore = {
  add(batch: DayBatch): Promise<void>
  addSale(sale: Sale): Promise<void>
  /** Every value of a dimension over the days together, in no order. */
  slices(site: string, days: readonly string[], dimension: Dimension): Promise<Slice[]>
  reached(site: string, days: readonly string[]): Promise<Reached[]>
}

export const keptDays = 800
