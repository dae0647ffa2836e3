import { z } from 'zod'
import type { SiteRules } from '../paywall/rules.ts'
import { type Outcome, rehearse } from './replay.ts'
import { placeOf, type Visit } from './visit.ts'

const outcomeSchema = z.object({
  readers: z.int(),
  stopped: z.int().describe('Readers who were stopped at least once'),
  stopRate: z.number().nullable().describe('Of the readers; null where there were none'),
  views: z.int(),
  stops: z.int(),
  offersShown: z.int(),
})

const bothSchema = z.object({ before: outcomeSchema, after: outcomeSchema })

export const comparisonSchema = z
  .object({
    visits: z.int(),
    from: z.iso.datetime({ offset: true }).nullable().describe('The first visit'),
    to: z.iso.datetime({ offset: true }).nullable().describe('The last one'),
    share: z.number().describe('The share of readers that was recorded; the numbers are of these alone'),
    total: bothSchema,
    sections: z
      .array(bothSchema.extend({ section: z.string() }))
      .describe('Most readers first; without one: empty'),
  })
  .describe('The same visits under the rules of now and under those of a draft')

export type Comparison = z.infer<typeof comparisonSchema>

/**
 * Takes the visits of the readers below `share` under both rules. `progress` hears, from time to time, of the part that is
 * done, 0 to 1; it may make the rest wait.
 */
export async function compare(options: {
  visits: readonly Visit[]
  share: number
  /** The rules that are in force, and those that are tried. */
  before: SiteRules
  after: SiteRules
  progress: (done: number) => Promise<void>
}): Promise<Comparison> {
  const { share, progress } = options
  const visits = options.visits
    .filter((visit) => placeOf(visit) < share)
    .toSorted((one, other) => one.atSeconds - other.atSeconds)
  const ofBefore = rehearse(options.before)
  const ofAfter = rehearse(options.after)
  for (const [index, visit] of visits.entries()) {
    if (index % stepOf === 0) await progress(index / visits.length)
    ofBefore.take(visit)
    ofAfter.take(visit)
  }
  const before = ofBefore.outcome()
  const after = ofAfter.outcome()
  return {
    visits: visits.length,
    from: instantOf(visits[0]),
    to: instantOf(visits.at(-1)),
    share,
    total: both(before.total, after.total),
    sections: [...before.sections]
      .map(([section, outcome]) => ({ section, ...both(outcome, after.sections.get(section) ?? nothing) }))
      .toSorted(
        (one, other) => other.before.readers - one.before.readers || one.section.localeCompare(other.section),
      ),
  }
}

const stepOf = 500

const nothing: Outcome = { readers: 0, stopped: 0, views: 0, stops: 0, offersShown: 0 }

function both(before: Outcome, after: Outcome) {
  return { before: withRate(before), after: withRate(after) }
}

function withRate(outcome: Outcome) {
  const { readers, stopped } = outcome
  return { ...outcome, stopRate: readers === 0 ? null : stopped / readers }
}

function instantOf(visit: Visit | undefined): string | null {
  return visit === undefined ? null : new Date(visit.atSeconds * 1000).toISOString()
}
