import { type PreparedMeter, prepareMeter } from '../metering/meter-question.ts'
import type { Calendar } from '../metering/window.ts'
import type { CrawlerCheck } from './crawlers.ts'
import type { CrawlerRule, ExemptionRule } from './exemption-rule.ts'
import { hostIsWithin, hostOfPage } from './host.ts'
import { prepareNetworks } from './network.ts'

/** What a request says of the visit; null where it says nothing. The address is the client's, behind trusted proxies only. */
export type Visit = {
  address: string | null
  userAgent: string | null
  referrer: string | null
  campaign: string | null
  /** Whether it carries a preview token of the site. */
  staff: boolean
}

/** Why an article opens uncounted; `by` is the id of the rule or of the gift, or `preview` for a preview token. */
export type Exemption = { reason: 'network' | 'crawler' | 'staff' | 'gift'; by: string }

/** One site's exemptions, prepared for deciding (spec rules 8 and 10). */
export type SiteExemptions = {
  /** The id of the rule that refuses this visitor an answer. */
  blockedBy(visit: Visit): string | null
  /** The first of network, crawler, staff that applies. A promise only when a crawler's claim must be looked up in the DNS. */
  openFor(visit: Visit): Exemption | null | Promise<Exemption | null>
  /** The meter of the first referrer or campaign rule that fits; its views lie in the reader's own record. */
  allowanceFor(visit: Visit): PreparedMeter | null
}

/** `rules` are those of one site, in configured order. */
export function prepareExemptions(options: {
  rules: readonly ExemptionRule[]
  calendar: Calendar
  crawlers: CrawlerCheck
}): SiteExemptions {
  const { rules, calendar, crawlers } = options
  const networkOf = findNetwork(rules, 'network')
  const officeOf = findNetwork(rules, 'staff')
  const blockedNetworkOf = findNetwork(rules, 'blocked')
  const claimsOf = findClaims(rules, crawlers)
  const allowances = rules.flatMap((rule) => prepareAllowance(rule, calendar))

  function staffAt({ staff, address }: Visit): Exemption | null {
    const by = staff ? 'preview' : officeOf(address)
    return by === null ? null : { reason: 'staff', by }
  }

  return {
    blockedBy: ({ address }) => blockedNetworkOf(address),

    openFor(visit) {
      const network = networkOf(visit.address)
      if (network !== null) return { reason: 'network', by: network }
      const crawler = firstVerified(claimsOf(visit), visit.address)
      return crawler instanceof Promise
        ? crawler.then((found) => found ?? staffAt(visit))
        : (crawler ?? staffAt(visit))
    },

    allowanceFor(visit) {
      return allowances.find(({ fits }) => fits(visit))?.meter ?? null
    },
  }
}

type NetworkRule = Extract<ExemptionRule, { kind: 'network' | 'staff' | 'blocked' }>

function findNetwork(rules: readonly ExemptionRule[], kind: NetworkRule['kind']) {
  const prepared = rules
    .filter((rule): rule is NetworkRule => rule.kind === kind)
    .map(({ id, networks }) => ({ id, has: prepareNetworks(networks) }))
  return (address: string | null): string | null =>
    address === null ? null : (prepared.find(({ has }) => has(address))?.id ?? null)
}

type Claim = { id: string; holdsFor: (address: string) => boolean | Promise<boolean> }

/** The crawlers that a user agent says it is, which proves nothing yet. */
function findClaims(rules: readonly ExemptionRule[], crawlers: CrawlerCheck) {
  const prepared = rules
    .filter((rule) => rule.kind === 'crawler')
    .map((rule) => ({
      name: rule.userAgent.toLowerCase(),
      id: rule.id,
      holdsFor: prepareCrawler(rule, crawlers),
    }))
  return ({ userAgent }: Visit): readonly Claim[] => {
    if (userAgent === null || prepared.length === 0) return []
    const said = userAgent.toLowerCase()
    return prepared.filter(({ name }) => said.includes(name))
  }
}

/** Published ranges first, for they cost nothing to ask. */
function prepareCrawler({ networks = [], hosts }: CrawlerRule, crawlers: CrawlerCheck): Claim['holdsFor'] {
  const inPublishedRange = prepareNetworks(networks)
  return (address) => inPublishedRange(address) || (hosts !== undefined && crawlers(hosts, address))
}

function firstVerified(
  claims: readonly Claim[],
  address: string | null,
): Exemption | null | Promise<Exemption | null> {
  const [claim, ...others] = claims
  if (claim === undefined || address === null) return null
  const answer = (holds: boolean) =>
    holds ? { reason: 'crawler' as const, by: claim.id } : firstVerified(others, address)
  const holds = claim.holdsFor(address)
  return holds instanceof Promise ? holds.then(answer) : answer(holds)
}

type Allowance = { meter: PreparedMeter; fits: (visit: Visit) => boolean }

function prepareAllowance(rule: ExemptionRule, calendar: Calendar): Allowance[] {
  if (rule.kind !== 'referrer' && rule.kind !== 'campaign') return []
  const { articles, window } = rule.allowance
  const limit = { anonymous: articles, registered: articles }
  const meter = prepareMeter({ id: `allowance:${rule.id}`, window, limit }, calendar)
  return [{ meter, fits: rule.kind === 'referrer' ? comesFrom(rule.hosts) : carriesOneOf(rule.tokens) }]
}

function comesFrom(hosts: readonly string[]): Allowance['fits'] {
  return ({ referrer }) => {
    const host = referrer === null ? null : hostOfPage(referrer)
    return host !== null && hostIsWithin(host, hosts)
  }
}

function carriesOneOf(tokens: readonly string[]): Allowance['fits'] {
  const known = new Set(tokens)
  return ({ campaign }) => campaign !== null && known.has(campaign)
}
