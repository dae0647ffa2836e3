import type { ExemptionRule } from '../exemptions/exemption-rule.ts'
import type { Experiment } from '../experiments/experiment.ts'
import { experimentProblems } from '../experiments/experiment-problems.ts'
import type { Meter } from '../metering/meter.ts'
import { meterFingerprint } from '../metering/views.ts'
import type { Offer } from '../offers/offer.ts'
import { type OfferProblem, offerProblems } from '../offers/offer-problems.ts'
import type { Plan } from '../offers/plan.ts'
import { translationProblems } from '../offers/translations.ts'
import type { Nudge } from '../paywall/nudge.ts'
import type { Site } from '../paywall/site.ts'
import type { Wall } from '../paywall/wall.ts'
import type { Sited } from './configuration.ts'
import type { ConfigurationList } from './configuration-list.ts'
import { type Path, type Problem, unexpected } from './problem.ts'

export type Lists = {
  sites: ConfigurationList<Site>
  meters: ConfigurationList<Sited<Meter>>
  exemptions: ConfigurationList<Sited<ExemptionRule>>
  nudges: ConfigurationList<Sited<Nudge>>
  walls: ConfigurationList<Sited<Wall>>
  plans: ConfigurationList<Plan>
  offers: ConfigurationList<Sited<Offer>>
  experiments: ConfigurationList<Sited<Experiment>>
}

/** What is wrong between entries that are each right in themselves. */
export function crossProblems(lists: Lists): Problem[] {
  return checks.flatMap((check) => check(lists))
}

const checks: readonly ((lists: Lists) => Problem[])[] = [
  someSite,
  idsAreUnique,
  sitesExist,
  everySiteHasAMeter,
  everyArticleHasAMeter,
  countersAreToldApart,
  nudgesWatchAMeter,
  everySiteHasItsWalls,
  plansExist,
  offersCanBeSold,
  offersSpeakTheLanguagesOfTheirSite,
  offersEndAfterTheyStart,
  experimentsCanRun,
  oneExperimentAtATime,
]

function someSite({ sites }: Lists): Problem[] {
  return isComplete(sites) && sites.entries.length === 0
    ? [{ path: ['sites'], message: 'expected at least one site, got none' }]
    : []
}

/** Meters may share an id across sites: each site may call its own `default`. */
function idsAreUnique({ sites, meters, exemptions, nudges, plans, offers, experiments }: Lists): Problem[] {
  return [
    ...repeated(sites, ({ id }) => id),
    ...repeated(meters, ({ site, id }) => `${site} ${id}`),
    ...repeated(exemptions, ({ site, id }) => `${site} ${id}`),
    ...repeated(nudges, ({ site, id }) => `${site} ${id}`),
    ...repeated(plans, ({ id }) => id),
    ...repeated(offers, ({ id }) => id),
    ...repeated(experiments, ({ site, id }) => `${site} ${id}`),
  ].map(({ path, value }) => unexpected([...path, 'id'], 'an id that no other entry has', value.id))
}

function sitesExist({
  sites,
  meters,
  exemptions,
  nudges,
  walls,
  plans,
  offers,
  experiments,
}: Lists): Problem[] {
  const { ids } = sites
  if (ids === null || ids.size === 0) return []
  const sited = [
    ...meters.entries,
    ...exemptions.entries,
    ...nudges.entries,
    ...walls.entries,
    ...plans.entries,
    ...offers.entries,
    ...experiments.entries,
  ]
  return sited.flatMap(({ path, value: { site } }) =>
    site === undefined || ids.has(site)
      ? []
      : [unexpected([...path, 'site'], `a site (${listed(ids)})`, site)],
  )
}

function everySiteHasAMeter({ sites, meters }: Lists): Problem[] {
  if (!isComplete(meters)) return []
  const metered = new Set(meters.entries.map(({ value }) => value.site))
  return sites.entries
    .filter(({ value }) => !metered.has(value.id))
    .map(({ value }) => ({ path: ['meters'], message: `expected a meter for site ${value.id}, got none` }))
}

/** The first meter whose scope fits applies, so one must fit whatever is left (spec: a default meter). */
function everyArticleHasAMeter({ sites, meters }: Lists): Problem[] {
  if (!isComplete(meters)) return []
  return sites.entries.flatMap(({ value: { id } }) => {
    const own = meters.entries.filter(({ value }) => value.site === id)
    const unscoped = own.findIndex(({ value }) => value.scope === undefined)
    const [after] = unscoped === -1 ? [] : own.slice(unscoped + 1)
    if (after !== undefined) {
      const message = 'expected this meter before the one without a scope, which takes every article'
      return [{ path: [...after.path, 'id'], message }]
    }
    if (own.length === 0 || unscoped !== -1) return []
    return [{ path: ['meters'], message: `expected a last meter without a scope for site ${id}, got none` }]
  })
}

function nudgesWatchAMeter({ meters, nudges }: Lists): Problem[] {
  if (!isComplete(meters)) return []
  return nudges.entries.flatMap(({ path, value: nudge }) => {
    const own = meters.entries.filter(({ value }) => value.site === nudge.site).map(({ value }) => value.id)
    return own.includes(nudge.meter)
      ? []
      : [unexpected([...path, 'meter'], `a meter (${own.join(', ')})`, nudge.meter)]
  })
}

/** The store tells a site's meters, allowances and nudges apart by a short fingerprint of their names. */
function countersAreToldApart({ meters, exemptions, nudges }: Lists): Problem[] {
  const counters = [
    ...meters.entries.map(({ path, value }) => ({ path, value, name: value.id })),
    ...exemptions.entries.map(({ path, value }) => ({ path, value, name: `allowance:${value.id}` })),
    ...nudges.entries.map(({ path, value }) => ({ path, value, name: `nudge:${value.id}` })),
  ]
  const names = new Map<string, string>()
  return counters.flatMap(({ path, value, name }) => {
    const key = `${value.site} ${meterFingerprint(name)}`
    const known = names.get(key) ?? name
    names.set(key, known)
    const expected = `another id: this one cannot be told from ${known}`
    return known === name ? [] : [unexpected([...path, 'id'], expected, value.id)]
  })
}

function everySiteHasItsWalls({ sites, walls }: Lists): Problem[] {
  const doubles = repeated(walls, ({ site, kind }) => `${site} ${kind}`).map(({ path, value }) => ({
    path: [...path, 'kind'],
    message: `expected one wall of each kind for site ${value.site}, got a second ${value.kind}`,
  }))
  if (!isComplete(walls)) return doubles
  const selling = new Set(
    walls.entries.filter(({ value }) => value.kind === 'subscription').map(({ value }) => value.site),
  )
  const missing = sites.entries
    .filter(({ value }) => !selling.has(value.id))
    .map(({ value }) => ({
      path: ['walls'],
      message: `expected a wall of kind subscription for site ${value.id}, got none`,
    }))
  return [...doubles, ...missing]
}

function plansExist({ plans, offers }: Lists): Problem[] {
  return offers.entries.flatMap(({ path, value: offer }) => {
    const plan = planOf(offer, plans)
    if (plan === undefined) {
      const unknown = plans.ids !== null && !plans.ids.has(offer.plan)
      return unknown ? [unexpected([...path, 'plan'], `a plan (${listed(plans.ids)})`, offer.plan)] : []
    }
    if (plan.site === undefined || plan.site === offer.site) return []
    return [unexpected([...path, 'plan'], `a plan that site ${offer.site} sells`, offer.plan)]
  })
}

function offersCanBeSold({ plans, offers }: Lists): Problem[] {
  return offers.entries.flatMap(({ path, value: offer }) => {
    const plan = planOf(offer, plans)
    if (plan === undefined) return []
    return located(path, offerProblems(offer, plan))
  })
}

function offersSpeakTheLanguagesOfTheirSite({ sites, offers }: Lists): Problem[] {
  return offers.entries.flatMap(({ path, value: offer }) => {
    const site = sites.entries.find(({ value }) => value.id === offer.site)?.value
    return site === undefined ? [] : located(path, translationProblems(offer, site))
  })
}

function offersEndAfterTheyStart({ offers }: Lists): Problem[] {
  return offers.entries.flatMap(({ path, value: { startsAt, endsAt } }) => {
    if (startsAt === undefined || endsAt === undefined || Date.parse(endsAt) > Date.parse(startsAt)) return []
    return [unexpected([...path, 'endsAt'], `an instant after startsAt (${startsAt})`, endsAt)]
  })
}

function located(path: Path, problems: OfferProblem[]): Problem[] {
  return problems.map(({ path: field, expected, got }) => unexpected([...path, ...field], expected, got))
}

function experimentsCanRun({ meters, offers, experiments }: Lists): Problem[] {
  if (!isComplete(meters) || !isComplete(offers)) return []
  return experiments.entries.flatMap(({ path, value: experiment }) => {
    const own = <Entry extends { site: string }>(list: ConfigurationList<Entry>) =>
      valuesOf(list).filter(({ site }) => site === experiment.site)
    const site = { meters: own(meters).map(({ id }) => id), offers: own(offers) }
    return experimentProblems(experiment, site).map(({ path: field, expected, got }) =>
      unexpected([...path, ...field], expected, got),
    )
  })
}

/** Two at once would each blur what the other shows. */
function oneExperimentAtATime({ experiments }: Lists): Problem[] {
  const running = experiments.entries.filter(({ value }) => value.status === 'running')
  return running.flatMap(({ path, value }, index) => {
    const first = running.slice(0, index).find((other) => other.value.site === value.site)?.value
    if (first === undefined) return []
    return [unexpected([...path, 'status'], `ended, for ${first.id} is running on this site`, value.status)]
  })
}

function planOf(offer: Offer, plans: ConfigurationList<Plan>): Plan | undefined {
  return plans.entries.find(({ value }) => value.id === offer.plan)?.value
}

/** Entries whose key an earlier entry has. */
function repeated<Entry>(list: ConfigurationList<Entry>, keyOf: (entry: Entry) => string) {
  const seen = new Set<string>()
  return list.entries.filter(({ value }) => seen.size === seen.add(keyOf(value)).size)
}

/** Whether what is not in the list is really missing, not merely unreadable. */
function isComplete(list: ConfigurationList<unknown>): boolean {
  return list.problems.length === 0
}

function listed(ids: Set<string> | null): string {
  return [...(ids ?? [])].join(', ')
}

function valuesOf<Entry>({ entries }: ConfigurationList<Entry>): Entry[] {
  return entries.map(({ value }) => value)
}
