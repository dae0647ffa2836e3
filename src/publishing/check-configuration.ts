import { exemptionSchema } from '../exemptions/exemption-rule.ts'
import { experimentSchema } from '../experiments/experiment.ts'
import type { Offer } from '../offers/offer.ts'
import { nudgeSchema } from '../paywall/nudge.ts'
import { type Configuration, configurationSchema, type Sited } from './configuration.ts'
import { type ConfigurationList, readList, withSites } from './configuration-list.ts'
import { crossProblems } from './cross-checks.ts'
import { resolveInstant } from './instant.ts'
import { type Problem, unexpected, unknownField } from './problem.ts'

const { shape } = configurationSchema

/**
 * Checks a configuration as people write it (or a `Configuration`) and makes it definite. Answers all problems at
 * once, but not those that only follow from another. `firstStartedAt` (epoch ms) is what "first start" means.
 */
export function checkConfiguration(
  input: unknown,
  { firstStartedAt }: { firstStartedAt: number },
): { configuration: Configuration } | { problems: Problem[] } {
  if (typeof input !== 'object' || input === null) return { problems: [unexpected([], knownLists, input)] }
  const written = new Map<string, unknown>(Object.entries(input))
  const sites = readList('sites', shape.sites.element, written.get('sites'))
  const lists = {
    sites,
    meters: withSites(readList('meters', shape.meters.element, written.get('meters')), sites),
    exemptions: withSites(readList('exemptions', exemptionSchema, written.get('exemptions') ?? []), sites),
    nudges: withSites(readList('nudges', nudgeSchema, written.get('nudges') ?? []), sites),
    walls: withSites(readList('walls', shape.walls.element, written.get('walls')), sites),
    plans: readList('plans', shape.plans.element, written.get('plans')),
    offers: withInstants(
      withSites(readList('offers', shape.offers.element, written.get('offers')), sites),
      firstStartedAt,
    ),
    experiments: withSites(
      readList('experiments', experimentSchema, written.get('experiments') ?? []),
      sites,
    ),
  }
  const problems = [
    ...unknownLists(written),
    ...Object.values(lists).flatMap((list) => list.problems),
    ...crossProblems(lists),
  ]
  if (problems.length > 0) return { problems }
  return {
    configuration: {
      sites: valuesOf(lists.sites),
      meters: valuesOf(lists.meters),
      exemptions: valuesOf(lists.exemptions),
      nudges: valuesOf(lists.nudges),
      walls: valuesOf(lists.walls),
      plans: valuesOf(lists.plans),
      offers: valuesOf(lists.offers),
      experiments: valuesOf(lists.experiments),
    },
  }
}

const knownLists = Object.keys(shape).join(', ')

function unknownLists(written: Map<string, unknown>): Problem[] {
  const unknown = [...written.keys()].filter((name) => !Object.hasOwn(shape, name))
  return unknown.map((name) => unknownField([name], knownLists))
}

function withInstants(
  list: ConfigurationList<Sited<Offer>>,
  firstStartedAt: number,
): ConfigurationList<Sited<Offer>> {
  const absolute = (text: string) => resolveInstant(text, { firstStartedAt })
  const entries = list.entries.map(({ path, value: { startsAt, endsAt, ...offer } }) => ({
    path,
    value: {
      ...offer,
      ...(startsAt !== undefined && { startsAt: absolute(startsAt) }),
      ...(endsAt !== undefined && { endsAt: absolute(endsAt) }),
    },
  }))
  return { ...list, entries }
}

function valuesOf<Entry>({ entries }: ConfigurationList<Entry>): Entry[] {
  return entries.map(({ value }) => value)
}
