import type { CrawlerCheck } from '../exemptions/crawlers.ts'
import { prepareRules, type SiteRules } from '../paywall/rules.ts'
import type { Configuration } from '../publishing/configuration.ts'

/**
 * The rules of a configuration as if they had ruled all along: an offer that has not ended at `now` (epoch ms) runs at any
 * time. Null where the configuration has no such site.
 */
export function rulesAsIf(options: {
  configuration: Configuration
  version: number
  site: string
  serviceUrl: URL
  crawlers: CrawlerCheck
  now: number
}): SiteRules | null {
  const { configuration, site, now, ...shared } = options
  const offers = configuration.offers
    .filter(({ endsAt }) => endsAt === undefined || Date.parse(endsAt) > now)
    .map(({ startsAt: _startsAt, endsAt: _endsAt, ...offer }) => offer)
  return prepareRules({ ...shared, configuration: { ...configuration, offers } }).sites.get(site) ?? null
}
