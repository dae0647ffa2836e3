import { z } from 'zod'

/** What numbers can be split by. `all` does not split. */
export const dimensions = ['all', 'section', 'device', 'country', 'offer', 'version', 'group'] as const
export const dimensionSchema = z.enum(dimensions)
export type Dimension = (typeof dimensions)[number]

/** What is counted by adding up. Readers are not: one who comes twice is still one. */
export const measures = ['views', 'stops', 'offersShown', 'checkouts', 'bought', 'cancelled'] as const
export type Measure = (typeof measures)[number]

/** Of a decision or a sale, by dimension; null for what is not known. */
export type Traits = Readonly<Record<Exclude<Dimension, 'all'>, string | null>>

/** What is counted of one value of a dimension on one day. */
export type Counts = Record<Measure, number> & {
  /** The regular price a month of what was bought, minor units by currency. */
  revenue: Record<string, number>
}

export function noCounts(): Counts {
  return { views: 0, stops: 0, offersShown: 0, checkouts: 0, bought: 0, cancelled: 0, revenue: {} }
}

/** Adds one to the other. */
export function addCounts(to: Counts, more: Counts): void {
  for (const measure of measures) to[measure] += more[measure]
  for (const [currency, amount] of Object.entries(more.revenue)) {
    to.revenue[currency] = (to.revenue[currency] ?? 0) + amount
  }
}

/** The counts that are not 0, each by its name in the store. */
export function writtenCounts(counts: Counts): [measure: string, count: number][] {
  const revenue = Object.entries(counts.revenue).map(
    ([currency, amount]) => [`revenue:${currency}`, amount] as const,
  )
  const plain = measures.map((measure) => [measure, counts[measure]] as const)
  return [...plain, ...revenue].filter(([, count]) => count !== 0).map(([name, count]) => [name, count])
}

/** Adds a count by its name in the store; one of a newer program is passed over. */
export function readCount(counts: Counts, name: string, count: number): void {
  const measure = measures.find((each) => each === name)
  if (measure !== undefined) counts[measure] += count
  else if (name.startsWith('revenue:')) {
    const currency = name.slice('revenue:'.length)
    counts.revenue[currency] = (counts.revenue[currency] ?? 0) + count
  }
}
