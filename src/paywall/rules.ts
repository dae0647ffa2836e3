import { LRUCache } from 'lru-cache'
import type { CrawlerCheck } from '../exemptions/crawlers.ts'
import { prepareExemptions, type SiteExemptions } from '../exemptions/prepare-exemptions.ts'
import type { Experiment } from '../experiments/experiment.ts'
import { createAssignment, type GroupName, type GroupRules, groupRules } from '../experiments/group-rules.ts'
import { type PreparedMeter, prepareMeter } from '../metering/meter-question.ts'
import { leastRetainSeconds, meterFingerprint, type NudgeBounds } from '../metering/views.ts'
import { longestSeconds } from '../metering/window.ts'
import { prepareWallOffers, type WallOffers } from '../offers/choose-offer.ts'
import { languageAmong } from '../offers/languages.ts'
import type { Offer } from '../offers/offer.ts'
import type { Plan } from '../offers/plan.ts'
import { offerWords } from '../offers/words.ts'
import type { Configuration } from '../publishing/configuration.ts'
import { rememberEach, rememberLast } from '../remembered.ts'
import { dayOf, isoWithOffset } from '../time.ts'
import type { ShownOffer } from './answer.ts'
import type { Article } from './article.ts'
import { firstInScope } from './question.ts'
import type { Site } from './site.ts'
import type { Wall } from './wall.ts'

/** One version of the configuration, prepared for deciding: what a decision looks up is one step away. */
export type Rules = {
  version: number
  sites: ReadonlyMap<string, SiteRules>
  /** The site of a request that names none: there is one where there is only one. */
  onlySite: SiteRules | null
  /** Every origin whose pages may call the API. */
  origins: ReadonlySet<string>
}

export type SiteRules = {
  version: number
  site: Site
  /** The one that is running, if one is. */
  experiment: (Experiment & { site: string }) | null
  /** The group of an experiment that these rules are for; null for the rules as they are. */
  group: GroupName | null
  /** The rules for a reader: those of their group while an experiment runs. */
  assigned: (reader: string) => SiteRules
  /** Where the site's articles live. */
  url: URL
  origins: ReadonlySet<string>
  /** In configured order. */
  meters: readonly PreparedMeter[]
  /** The one that counts the article: the first that fits. */
  meterFor: (article: Article) => PreparedMeter
  nudges: readonly PreparedNudge[]
  exemptions: SiteExemptions
  /** How long what a reader has read is kept: the longest window, and a margin. */
  retainSeconds: number
  walls: { subscription: Wall; registration: Wall | null }
  offers: readonly PlannedOffer[]
  wallOffers: WallOffers<PlannedOffer>
  /** When the day of an instant began at the site, both in epoch milliseconds. */
  dayStart: (now: number) => number
  /** The language of the site for whoever asks for one (BCP 47, or anything). */
  languageFor: (asked: string | undefined) => string
  /** The day of the site's calendar, `2026-11-24`, of epoch milliseconds. */
  dayAt: (instant: number) => string
  /** ISO 8601 with the site's offset, of epoch milliseconds. */
  writeInstant: (instant: number) => string
}

/** An offer with the plan it sells. */
export type PlannedOffer = Offer & {
  soldPlan: Plan
  /** As it is shown at an instant (epoch milliseconds, whole seconds), in a language of the site. */
  shownAt: (now: number, language: string) => ShownOffer
}

export type PreparedNudge = { id: string; meter: string; boundsAt: (nowSeconds: number) => NudgeBounds }

type Sources = { configuration: Configuration; version: number; serviceUrl: URL; crawlers: CrawlerCheck }

/** `serviceUrl` stands in for a site that does not say where its articles live. */
export function prepareRules(sources: Sources): Rules {
  const sites = sources.configuration.sites.map((site) => prepareSite(site, sources))
  const [first, ...others] = sites
  return {
    version: sources.version,
    sites: new Map(sites.map((rules) => [rules.site.id, rules])),
    onlySite: first !== undefined && others.length === 0 ? first : null,
    origins: new Set(sites.flatMap((rules) => [...rules.origins])),
  }
}

function prepareSite(site: Site, { configuration, version, serviceUrl, crawlers }: Sources): SiteRules {
  const own = <Rule extends { site: string }>(rules: readonly Rule[]) =>
    rules.filter((rule) => rule.site === site.id)
  const url = site.url === undefined ? serviceUrl : new URL(site.url)
  const walls = own(configuration.walls)
  const offers = own(configuration.offers).map((offer) => planOffer(offer, site, configuration))
  const experiment = own(configuration.experiments).find(({ status }) => status === 'running')
  const shared = {
    experiment: experiment ?? null,
    version,
    site,
    url,
    origins: new Set([url.origin, serviceUrl.origin, ...site.origins]),
    nudges: own(configuration.nudges).map(prepareNudge),
    exemptions: prepareExemptions({ rules: own(configuration.exemptions), calendar: site, crawlers }),
    retainSeconds: retainSeconds(site.id, configuration),
    walls: {
      subscription: checked(
        walls.find((wall) => wall.kind === 'subscription'),
        `wall for ${site.id}`,
      ),
      registration: walls.find((wall) => wall.kind === 'registration') ?? null,
    },
    offers,
    dayStart: rememberLast((now) => dayOf(now, site.timeZone).from),
    dayAt: rememberLast((instant) => isoWithOffset(instant, site.timeZone).slice(0, 10)),
    languageFor: languageAmong([site.language, ...site.languages]),
    writeInstant: rememberLast((instant) => isoWithOffset(instant, site.timeZone)),
  }
  return withGroups(shared, { meters: own(configuration.meters), offers })
}

type SharedRules = Omit<SiteRules, 'group' | 'assigned' | 'meters' | 'meterFor' | 'wallOffers'>

/** Every group has rules of its own, prepared like any, so that a decision does not know of experiments. */
function withGroups(shared: SharedRules, own: GroupRules<PlannedOffer>): SiteRules {
  const { experiment } = shared
  if (experiment === null) {
    const rules: SiteRules = { ...forGroup(shared, own), group: null, assigned: () => rules }
    return rules
  }
  const groupOf = createAssignment(experiment)
  const groups = new Map<string, SiteRules>()
  const assigned = (reader: string) => checked(groups.get(groupOf(reader)), `group of ${experiment.id}`)
  for (const [group, rules] of groupRules(experiment, own)) {
    groups.set(group, { ...forGroup(shared, rules), group: { experiment: experiment.id, group }, assigned })
  }
  return { ...forGroup(shared, own), group: null, assigned }
}

function forGroup(shared: SharedRules, rules: GroupRules<PlannedOffer>) {
  const meters = rules.meters.map((meter) => prepareMeter(meter, shared.site))
  return {
    ...shared,
    meters,
    meterFor:
      meters.length === 1
        ? () => firstOf(meters)
        : rememberEach(rememberScopes((article) => firstInScope(meters, article))),
    wallOffers: prepareWallOffers(rules.offers),
  }
}

function planOffer(offer: Offer, site: Site, { plans }: Configuration): PlannedOffer {
  const plan = checked(
    plans.find(({ id }) => id === offer.plan),
    `plan ${offer.plan}`,
  )
  const { id } = offer
  const shown = new Map(
    [site.language, ...site.languages].map((language) => [
      language,
      rememberLast((now) => ({ id, ...offerWords({ offer, plan, site, language, now }) })),
    ]),
  )
  return {
    ...offer,
    soldPlan: plan,
    shownAt: (now, language) => checked(shown.get(language), `words in ${language}`)(now),
  }
}

const daySeconds = 86_400

function prepareNudge({
  id,
  meter,
  fromView,
  toView = fromView,
  atMost,
}: Configuration['nudges'][number]): PreparedNudge {
  const nudge = meterFingerprint(`nudge:${id}`)
  const { times, days } = atMost
  return {
    id,
    meter,
    boundsAt: (nowSeconds) => ({
      nudge,
      fromView,
      toView,
      times,
      fromSeconds: nowSeconds - days * daySeconds + 1,
    }),
  }
}

function retainSeconds(site: string, { meters, exemptions, nudges }: Configuration): number {
  const windows = [
    ...meters,
    ...exemptions.flatMap((rule) => ('allowance' in rule ? [{ ...rule.allowance, site: rule.site }] : [])),
  ]
  const lengths = [
    ...windows.filter((rule) => rule.site === site).map(({ window }) => longestSeconds(window)),
    ...nudges.filter((rule) => rule.site === site).map(({ atMost }) => atMost.days * daySeconds),
  ]
  return Math.max(leastRetainSeconds, ...lengths.map((length) => length + daySeconds))
}

/** So many meters a site may have: one search for all articles that show the same of themselves. */
function rememberScopes(find: (article: Article) => PreparedMeter): (article: Article) => PreparedMeter {
  const known = new LRUCache<string, PreparedMeter>({ max: 10_000 })
  return (article) => {
    const key = JSON.stringify([article.section, article.class, article.tags])
    const meter = known.get(key) ?? find(article)
    known.set(key, meter)
    return meter
  }
}

function firstOf(meters: readonly PreparedMeter[]): PreparedMeter {
  return checked(meters[0], 'meter')
}

/** The configuration's own checks promise these; a version that lacks one is not taken. */
function checked<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the configuration has no ${what}`)
  return value
}
