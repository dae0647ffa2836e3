import { z } from 'zod'
import type { ReportStore, Slice } from '../reports/report-store.ts'
import { controlGroup, type Experiment, groupsOf } from './experiment.ts'
import { differenceOf, type Estimate, shareOf } from './statistics.ts'

const estimateSchema = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .describe(
    'A share of the readers, with what it lies between at a confidence of 95 %, however often one looks',
  )

const verdictSchema = z
  .enum(['too_early', 'no_difference', 'more', 'less'])
  .describe('Against the control group: too_early while a group has not the readers wanted')

export const resultsSchema = z
  .object({
    experiment: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
    readersWanted: z.int().describe('Of each group, before anything is concluded'),
    groups: z.array(
      z.object({
        group: z.string(),
        share: z.int().describe('Percent of the readers, as configured'),
        readers: z.int(),
        stopped: estimateSchema.describe('Readers who were stopped at least once'),
        bought: estimateSchema.describe('Subscriptions bought, of the readers'),
        sales: z.int().describe('Subscriptions bought'),
        against: z
          .object({
            stopped: estimateSchema.extend({ verdict: verdictSchema }),
            bought: estimateSchema.extend({ verdict: verdictSchema }),
          })
          .nullable()
          .describe('The difference to the control group; null for that group itself'),
      }),
    ),
  })
  .describe('What an experiment has shown so far')

export type Results = z.infer<typeof resultsSchema>

/** What the groups of an experiment did on these days of the site's calendar. */
export async function resultsOf(
  store: ReportStore,
  { experiment, days }: { experiment: Experiment & { site: string }; days: readonly string[] },
): Promise<Results> {
  const { id, site, readersWanted } = experiment
  const slices = new Map((await store.slices(site, days, 'group')).map((slice) => [slice.value, slice]))
  const groups = groupsOf(experiment).map((group) => ({
    ...group,
    ...countsOf(slices.get(`${id}/${group.id}`)),
  }))
  const control = groups.find((group) => group.id === controlGroup)
  const isEarly = groups.some(({ readers }) => readers < readersWanted)
  return {
    experiment: id,
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
    readersWanted,
    groups: groups.map((group) => ({
      group: group.id,
      share: group.share,
      readers: group.readers,
      stopped: shareOf({ some: group.stopped, all: group.readers, tunedTo: readersWanted }),
      bought: shareOf({ some: group.bought, all: group.readers, tunedTo: readersWanted }),
      sales: group.bought,
      against:
        control === undefined || group === control
          ? null
          : {
              stopped: against(group, control, { of: 'stopped', readersWanted, isEarly }),
              bought: against(group, control, { of: 'bought', readersWanted, isEarly }),
            },
    })),
  }
}

type Counted = { readers: number; stopped: number; bought: number }

function countsOf(slice: Slice | undefined): Counted {
  const { readers = 0, stopped = 0 } = slice ?? {}
  return { readers, stopped, bought: slice?.counts.bought ?? 0 }
}

function against(
  group: Counted,
  control: Counted,
  { of, readersWanted, isEarly }: { of: 'stopped' | 'bought'; readersWanted: number; isEarly: boolean },
): Estimate & { verdict: z.infer<typeof verdictSchema> } {
  const difference = differenceOf(
    { some: group[of], all: group.readers },
    { some: control[of], all: control.readers },
    { tunedTo: readersWanted },
  )
  return { ...difference, verdict: isEarly ? 'too_early' : verdictOf(difference) }
}

function verdictOf({ low, high }: Estimate): z.infer<typeof verdictSchema> {
  if (low > 0) return 'more'
  return high < 0 ? 'less' : 'no_difference'
}
