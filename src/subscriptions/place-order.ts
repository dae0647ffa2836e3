import { Problem } from '../http/problem.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { SiteRules } from '../paywall/rules.ts'
import type { Attempt } from './attempt.ts'
import { buyerOf } from './buyer.ts'
import { beginAttempt, type Purchase } from './checkout.ts'
import type { CheckoutLimit } from './checkout-limit.ts'
import type { OpenCheckout } from './open-checkout.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/** Who orders what. `reader` is the key of `readerKey()`, `now` epoch milliseconds in whole seconds. */
export type Order = {
  purchase: Purchase
  site: SiteRules
  reader: string
  registered: boolean
  visit: Attempt['visit']
  address: string
  now: number
}

/** The page on which an order is paid, or why there is none. Rejects with PaymentsUnavailable. May be repeated. */
export type PlaceOrder = (order: Order) => Promise<{ attempt: string; url: string } | Problem>

/** What the button of a wall, of an account page and of a publisher's server come to. */
export function createPlaceOrder(parts: {
  store: SubscriptionStore
  limit: CheckoutLimit
  openCheckout: OpenCheckout
  metrics: Pick<Metrics, 'checkoutAttempted'>
}): PlaceOrder {
  const { store, limit, openCheckout, metrics } = parts

  async function place(order: Order) {
    const { purchase, site, reader, registered, visit, address, now } = order
    const buyer = await buyerOf(store, { reader, registered, country: visit.country })
    const attempt = beginAttempt({ purchase, rules: site, reader, buyer, visit, now })
    if (attempt instanceof Problem) return attempt
    const wait = await limit({ reader, address })
    if (wait === null) return openCheckout(attempt)
    return new Problem('too_many_attempts', 'Too many attempts to buy; try again later.', {
      more: { retryAfter: wait.retryAfterSeconds },
    })
  }

  return async (order) => {
    try {
      const placed = await place(order)
      metrics.checkoutAttempted(placed instanceof Problem ? placed.code : 'opened')
      return placed
    } catch (error) {
      metrics.checkoutAttempted('failed')
      throw error
    }
  }
}
