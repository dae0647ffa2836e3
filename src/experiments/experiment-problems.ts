import { isForWalls } from '../offers/choose-offer.ts'
import type { Offer } from '../offers/offer.ts'
import { controlGroup, type Experiment, groupsOf, holdbackGroup } from './experiment.ts'

/** What is wrong with one field of an experiment, told as what was expected in its place. */
export type ExperimentProblem = { path: (string | number)[]; expected: string; got: unknown }

/** Why a site with these meters and offers cannot run the experiment, though it is right in itself. */
export function experimentProblems(
  experiment: Experiment,
  site: { meters: readonly string[]; offers: readonly Offer[] },
): ExperimentProblem[] {
  return [
    ...groupsAreToldApart(experiment),
    ...someReadersAreLeft(experiment),
    ...metersExist(experiment, site.meters),
    ...offersCanBeShown(experiment, site.offers),
  ]
}

function groupsAreToldApart({ variants }: Experiment): ExperimentProblem[] {
  const taken = new Set([controlGroup, holdbackGroup])
  return variants.flatMap(({ id }, index) => {
    if (taken.size < taken.add(id).size) return []
    return [
      {
        path: ['variants', index, 'id'],
        expected: `an id that no other group has, nor ${controlGroup} or ${holdbackGroup}`,
        got: id,
      },
    ]
  })
}

/** Without a control group nothing can be compared. */
function someReadersAreLeft(experiment: Experiment): ExperimentProblem[] {
  const [control] = groupsOf(experiment)
  if (control === undefined || control.share >= 5) return []
  const expected = 'shares that leave at least 5 percent of the readers to the control group'
  return [{ path: ['variants', 0, 'share'], expected, got: experiment.variants[0]?.share }]
}

function metersExist({ variants }: Experiment, known: readonly string[]): ExperimentProblem[] {
  return variants.flatMap(({ meters = {} }, index) =>
    Object.keys(meters)
      .filter((id) => !known.includes(id))
      .map((id) => ({
        path: ['variants', index, 'meters', id],
        expected: `a meter (${known.join(', ')})`,
        got: id,
      })),
  )
}

function offersCanBeShown({ variants }: Experiment, known: readonly Offer[]): ExperimentProblem[] {
  const fit = known.filter(isForWalls).map(({ id }) => id)
  const used = new Set<string>()
  return variants.flatMap(({ offers = [] }, index) =>
    offers.flatMap((id, place) => {
      const path = ['variants', index, 'offers', place]
      if (!fit.includes(id))
        return [{ path, expected: `an offer that walls show (${fit.join(', ')})`, got: id }]
      if (used.size < used.add(id).size) return []
      return [{ path, expected: 'an offer of one variant only', got: id }]
    }),
  )
}
