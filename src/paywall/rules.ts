import { type PreparedMeter, prepareMeter } from '../metering/meter-question.ts'
import type { Offer } from '../offers/offer.ts'
import type { Plan } from '../offers/plan.ts'
import { type OfferWords, offerWords } from '../offers/words.ts'
import type { Configuration } from '../publishing/configuration.ts'
import { isoWithOffset } from '../time.ts'
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
  /** Where the site's articles live. */
  url: URL
  origins: ReadonlySet<string>
  /** In configured order; the first that fits an article applies. */
  meters: readonly PreparedMeter[]
  walls: { subscription: Wall; registration: Wall | null }
  offers: readonly PlannedOffer[]
  /** ISO 8601 with the site's offset, of epoch milliseconds. */
  writeInstant: (instant: number) => string
}

/** An offer with the plan it sells, and its words at an instant (epoch milliseconds, whole seconds). */
export type PlannedOffer = Offer & { soldPlan: Plan; wordsAt: (now: number) => OfferWords }

/** `serviceUrl` stands in for a site that does not say where its articles live. */
export function prepareRules(options: {
  configuration: Configuration
  version: number
  serviceUrl: URL
}): Rules {
  const { configuration, version } = options
  const sites = configuration.sites.map((site) => prepareSite({ ...options, site }))
  const [first, ...others] = sites
  return {
    version,
    sites: new Map(sites.map((rules) => [rules.site.id, rules])),
    onlySite: first !== undefined && others.length === 0 ? first : null,
    origins: new Set(sites.flatMap((rules) => [...rules.origins])),
  }

  function prepareSite({ site, serviceUrl }: { site: Site; serviceUrl: URL }): SiteRules {
    const own = <Rule extends { site: string }>(rules: readonly Rule[]) =>
      rules.filter((rule) => rule.site === site.id)
    const url = site.url === undefined ? serviceUrl : new URL(site.url)
    const walls = own(configuration.walls)
    return {
      version,
      site,
      url,
      origins: new Set([url.origin, serviceUrl.origin, ...site.origins]),
      meters: own(configuration.meters).map((meter) => prepareMeter(meter, site.timeZone)),
      walls: {
        subscription: checked(
          walls.find((wall) => wall.kind === 'subscription'),
          `a wall for ${site.id}`,
        ),
        registration: walls.find((wall) => wall.kind === 'registration') ?? null,
      },
      offers: own(configuration.offers).map((offer) => {
        const plan = checked(
          configuration.plans.find(({ id }) => id === offer.plan),
          `plan ${offer.plan}`,
        )
        return {
          ...offer,
          soldPlan: plan,
          wordsAt: rememberLast((now) => offerWords({ offer, plan, site, now })),
        }
      }),
      writeInstant: rememberLast((instant) => isoWithOffset(instant, site.timeZone)),
    }
  }
}

/** Words and dates are made once a second at most, and not once a request. */
function rememberLast<Result>(make: (instant: number) => Result): (instant: number) => Result {
  let last: { instant: number; result: Result } | null = null
  return (instant) => {
    if (last?.instant !== instant) last = { instant, result: make(instant) }
    return last.result
  }
}

/** The configuration's own checks promise these; a version that lacks one is not taken. */
function checked<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the configuration has no ${what}`)
  return value
}
