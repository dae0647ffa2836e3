import type { Logger } from 'pino'
import type { Metrics } from '../metrics/metrics.ts'
import type { Rules } from '../paywall/rules.ts'
import type { Attempt } from './attempt.ts'
import { createSaleCloser } from './close-ended-sales.ts'
import { createOpenCheckout, type OpenCheckoutParts } from './open-checkout.ts'
import { createOwnSubscription } from './own-subscription.ts'
import type { Payments } from './payments.ts'
import { ordinaryPolicy } from './policy.ts'
import { createReconciler } from './reconcile.ts'
import { createGifts } from './redeem-gift.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import { createSyncCheckout } from './sync-checkout.ts'
import { createSyncGift, type SyncGiftParts } from './sync-gift.ts'
import { createSyncSubscription, type SyncParts } from './sync-subscription.ts'

export type FlowParts = {
  rules: () => Rules
  payments: Payments
  store: SubscriptionStore
  subscriptionSeen: SyncParts['subscriptionSeen']
  pageOpened: OpenCheckoutParts['pageOpened']
  giftPaid: SyncGiftParts['giftPaid']
  isStoreAway: (error: unknown) => boolean
  metrics: Pick<Metrics, 'purchaseRefused' | 'reconciled'>
  serviceUrl: URL
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

/** How access comes and goes, on a payment service and a store: what routes, pages and jobs have in common. */
export function createFlows(parts: FlowParts) {
  const { rules, metrics } = parts
  const policyOf = (site: string) => rules().sites.get(site)?.site ?? ordinaryPolicy
  const { purchaseRefused } = metrics
  const syncSubscription = createSyncSubscription({ ...parts, policyOf, purchaseRefused })
  const syncGift = createSyncGift({ ...parts, policyOf, purchaseRefused })
  const syncCheckout = createSyncCheckout({ ...parts, syncSubscription, syncGift })
  const learning = { ...parts, syncSubscription, syncGift, syncCheckout }
  return {
    ...learning,
    ownSubscription: createOwnSubscription(learning),
    openCheckout: createOpenCheckout({
      ...learning,
      mostRedemptions: (attempt) => redemptionsOf(attempt, rules()),
    }),
    gifts: createGifts(learning),
    reconciler: createReconciler(learning),
    saleCloser: createSaleCloser(learning),
  }
}

function redemptionsOf({ site, offer }: Attempt, rules: Rules): number | null {
  return rules.sites.get(site)?.offers.find(({ id }) => id === offer)?.redemptions ?? null
}
