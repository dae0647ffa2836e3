import type { Meter } from '../metering/meter.ts'
import { assign } from './assign.ts'
import { controlGroup, type Experiment, groupsOf, holdbackGroup } from './experiment.ts'

/** What one group of readers meets in the place of what the site has. */
export type GroupRules<Offer> = { meters: readonly Meter[]; offers: readonly Offer[] }

/** A group as decisions and reports name it. */
export type GroupName = { experiment: string; group: string }

/** The meters and wall offers of every group of an experiment, by the group's id. */
export function groupRules<Offer extends { id: string }>(
  experiment: Experiment,
  site: GroupRules<Offer>,
): Map<string, GroupRules<Offer>> {
  const reserved = new Set(experiment.variants.flatMap(({ offers = [] }) => offers))
  const offers = site.offers.filter(({ id }) => !reserved.has(id))
  const groups = new Map<string, GroupRules<Offer>>([[controlGroup, { meters: site.meters, offers }]])
  for (const variant of experiment.variants) {
    const own = variant.offers
    groups.set(variant.id, {
      meters: site.meters.map((meter) => ({ ...meter, limit: variant.meters?.[meter.id] ?? meter.limit })),
      offers: own === undefined ? offers : site.offers.filter(({ id }) => own.includes(id)),
    })
  }
  if (experiment.holdback !== undefined) {
    const { of } = experiment.holdback
    groups.set(holdbackGroup, {
      meters: of === 'meter' ? site.meters.map((meter) => ({ ...meter, limit: unlimited })) : site.meters,
      offers: of === 'offers' ? [] : offers,
    })
  }
  return groups
}

/** The most that a meter may allow. */
const unlimited = { anonymous: 1000, registered: 1000 }

/** Tells each reader's group, always the same. */
export function createAssignment(experiment: Experiment): (reader: string) => string {
  const groups = groupsOf(experiment)
  return (reader) => assign(experiment.id, groups, reader)
}
