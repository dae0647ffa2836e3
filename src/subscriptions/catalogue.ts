import { isDeepStrictEqual } from 'node:util'
import { priceOf } from '../offers/price.ts'
import type { PlannedOffer, Rules, SiteRules } from '../paywall/rules.ts'
import type { Attempt } from './attempt.ts'

/** What an offer sells, as the payment service has to know it: the same for every reader who buys it. */
export type SoldTerms = Pick<
  Attempt,
  'plan' | 'planName' | 'regular' | 'every' | 'tax' | 'intro' | 'language'
>

/** The payment service's ids of what an offer sells; null for what is not there yet, or not needed. */
export type SoldIds = { product: string | null; price: string | null; coupon: string | null }

/**
 * What is sold, in the payment service. A price there is never altered: another amount is another price, so nobody who has
 * bought ever pays anything else. Every method rejects with PaymentsUnavailable when it cannot be reached.
 */
export type Catalogue = {
  /** Makes what is not there yet, and says what it is called there. Safe to repeat, and at once. */
  prepare(terms: SoldTerms): Promise<SoldIds>
  /** Only looks. */
  find(terms: SoldTerms): Promise<SoldIds>
}

export type Sold = { site: string; offer: string; plan: string; terms: SoldTerms }

/** What the offers of some rules sell, for a reader who buys at `now` (epoch ms). Gifts are paid once and need nothing. */
export function soldBy({ sites }: Rules, now: number): Sold[] {
  return [...sites.values()].flatMap((site) =>
    site.offers
      .filter(({ gift }) => gift === undefined)
      .map((offer) => ({
        site: site.site.id,
        offer: offer.id,
        plan: offer.soldPlan.id,
        terms: termsOf(offer, site, now),
      })),
  )
}

/** What is sold now and was not before: the rest is there already, so that a change of a meter needs no payment service. */
export function newlySold(next: readonly Sold[], before: readonly Sold[]): Sold[] {
  return next.filter(({ terms }) => !before.some((sold) => isDeepStrictEqual(sold.terms, terms)))
}

function termsOf({ soldPlan: plan, ...offer }: PlannedOffer, { site }: SiteRules, now: number): SoldTerms {
  const { timeZone, language } = site
  const price = priceOf({ offer, plan, tax: plan.tax ?? site.tax, now, timeZone })
  const { regular, every, tax, intro } = price
  return { plan: plan.id, planName: plan.name, regular, every, tax, intro, language }
}
