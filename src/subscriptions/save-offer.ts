import { winsBack } from '../offers/audience.ts'
import { offerStatus } from '../offers/choose-offer.ts'
import type { ShownOffer } from '../paywall/answer.ts'
import type { SiteRules } from '../paywall/rules.ts'
import { buyerOf } from './buyer.ts'
import { refuseBuyer } from './eligibility.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/**
 * The offer by which a reader who has cancelled would stay: of those that run and are for this reader, the one with the
 * highest priority; null where marketing has none. `now` in epoch milliseconds, `language` one of the site's.
 */
export async function saveOfferFor(
  store: Pick<SubscriptionStore, 'access' | 'attempt' | 'boughtOffers'>,
  options: { reader: string; site: SiteRules; language: string; now: number },
): Promise<ShownOffer | null> {
  const { reader, site, language, now } = options
  const candidates = site.offers.filter((offer) => winsBack(offer) && offerStatus(offer, now) === 'running')
  if (candidates.length === 0) return null
  const buyer = await buyerOf(store, { reader, registered: false, country: null })
  const [best] = candidates
    .filter((offer) => refuseBuyer(offer, buyer, now) === null)
    .toSorted((one, other) => other.priority - one.priority)
  return best?.shownAt(now, language) ?? null
}
