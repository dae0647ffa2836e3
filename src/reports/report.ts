import { z } from 'zod'
import { addCounts, type Dimension, dimensionSchema, noCounts } from './measures.ts'
import type { ReportStore, Slice } from './report-store.ts'

const share = z.number().min(0).nullable()

export const rowSchema = z
  .object({
    readers: z.int().describe('Distinct readers who asked for an article'),
    stopped: z.int().describe('Distinct readers who were stopped at least once'),
    stopRate: share.describe('Readers stopped, of the readers; null where there were none'),
    views: z.int().describe('Articles opened'),
    stops: z.int().describe('Articles refused'),
    offersShown: z.int().describe('Answers that carried an offer'),
    checkouts: z.int().describe('Readers led to the payment page'),
    bought: z.int(),
    cancelled: z.int().describe('Of those bought, how many were cancelled since'),
    conversion: share.describe('Bought, of the checkouts begun; null where there were none'),
    revenue: z
      .array(z.object({ amount: z.int(), currency: z.string() }))
      .describe('The regular price a month of what was bought, in minor units'),
  })
  .describe('Numbers of a period')

export type Row = z.infer<typeof rowSchema>

export const reportSchema = z
  .object({
    site: z.string(),
    from: z.iso.date(),
    to: z.iso.date().describe('The last day, included'),
    by: dimensionSchema,
    total: rowSchema,
    rows: z
      .array(rowSchema.extend({ value: z.string() }))
      .describe('Most readers first; what is not known of a visit or sale is in `total` only'),
    days: z
      .array(rowSchema.extend({ day: z.iso.date() }))
      .describe('Each day of the period, the first first'),
  })
  .describe('What happened on a site')

export type Report = z.infer<typeof reportSchema>

/** What happened from the first to the last of the days, which follow each other. */
export async function reportOf(
  store: ReportStore,
  { site, days, by }: { site: string; days: readonly string[]; by: Dimension },
): Promise<Report> {
  const rows = by === 'all' ? [] : await store.slices(site, days, by)
  return {
    site,
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
    by,
    total: rowOf((await store.slices(site, days, 'all'))[0]),
    rows: rows
      .map((slice) => ({ value: slice.value, ...rowOf(slice) }))
      .toSorted((one, other) => other.readers - one.readers || one.value.localeCompare(other.value)),
    days: await Promise.all(
      days.map(async (day) => ({ day, ...rowOf((await store.slices(site, [day], 'all'))[0]) })),
    ),
  }
}

function rowOf(slice: Slice | undefined): Row {
  const counts = noCounts()
  if (slice !== undefined) addCounts(counts, slice.counts)
  const { revenue, ...plain } = counts
  const { readers = 0, stopped = 0 } = slice ?? {}
  return {
    readers,
    stopped,
    stopRate: part(stopped, readers),
    ...plain,
    conversion: part(counts.bought, counts.checkouts),
    revenue: Object.entries(revenue).map(([currency, amount]) => ({ amount, currency })),
  }
}

/** Distinct readers are estimates, so of few the part may seem larger than the whole. */
function part(some: number, all: number): number | null {
  return all === 0 ? null : Math.min(1, some / all)
}
