import type { Logger } from 'pino'
import type { ClientAddress } from '../http/client-address.ts'
import type { Route } from '../http/route.ts'
import type { Job } from '../jobs/job.ts'
import type { Mailer } from '../mail/mail.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { createNotices } from '../notices/create-notices.ts'
import type { Rules } from '../paywall/rules.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import type { ReaderSection } from '../readers/reader-section.ts'
import type { Stores } from '../stores/stores.ts'
import { type AccountPagesParts, accountPages } from './account.routes.ts'
import { checkoutRoutes } from './checkout.routes.ts'
import { createCheckoutLimit } from './checkout-limit.ts'
import { createSaleCloser } from './close-ended-sales.ts'
import { giftSubscriptionRoutes } from './gift.routes.ts'
import { createGiftCodes } from './gift-code.ts'
import { createOpenCheckout } from './open-checkout.ts'
import { createOwnSubscription } from './own-subscription.ts'
import type { Payments } from './payments.ts'
import { ordinaryPolicy } from './policy.ts'
import { createReconciler } from './reconcile.ts'
import { createGifts } from './redeem-gift.ts'
import { returnRoutes } from './return.routes.ts'
import { subscriptionRoutes } from './subscription.routes.ts'
import { createSyncCheckout } from './sync-checkout.ts'
import { createSyncGift } from './sync-gift.ts'
import { createSyncSubscription } from './sync-subscription.ts'
import { webhookRoutes } from './webhook.routes.ts'
import { createWithdraw } from './withdraw.ts'

export type SubscriptionsParts = {
  rules: () => Rules
  identify: IdentifyCaller
  readerSection: ReaderSection
  deleteReader: AccountPagesParts['deleteReader']
  addressOf: ClientAddress
  meter: MeterStore
  stores: Pick<Stores, 'subscriptions' | 'notices' | 'makeLimiter' | 'isAway'>
  payments: Payments
  mailer: Mailer
  metrics: Metrics
  serviceUrl: URL
  /** What links are signed with: the first signs, all verify. */
  secrets: readonly string[]
  secureCookies: boolean
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

/** The room, wired: how readers get access, keep it and leave. */
export function createSubscriptions({ stores, ...parts }: SubscriptionsParts): {
  routes: Route[]
  pages: ReturnType<typeof accountPages>
  jobs: readonly Job[]
} {
  const { payments, rules } = parts
  const store = stores.subscriptions
  const notices = createNotices({ ...parts, notices: stores.notices, subscriptions: store })
  const policyOf = (site: string) => rules().sites.get(site)?.site ?? ordinaryPolicy
  const syncSubscription = createSyncSubscription({
    ...parts,
    store,
    policyOf,
    subscriptionSeen: notices.subscriptionSeen,
    purchaseRefused: parts.metrics.purchaseRefused,
  })
  const syncGift = createSyncGift({ ...parts, store, policyOf })
  const syncCheckout = createSyncCheckout({ payments, store, syncSubscription, syncGift })
  const learning = { ...parts, store, syncSubscription, syncGift, syncCheckout }
  const ownSubscription = createOwnSubscription(learning)
  const openCheckout = createOpenCheckout({ ...learning, mostRedemptions: () => null })
  const limit = createCheckoutLimit(stores.makeLimiter)
  const giftCodes = createGiftCodes(parts.secrets)
  const gifts = createGifts(learning)
  return {
    routes: [
      ...checkoutRoutes({ ...learning, limit, openCheckout }),
      ...returnRoutes({ ...learning, giftCodes }),
      ...giftSubscriptionRoutes({ ...learning, gifts, giftCodes }),
      ...subscriptionRoutes({ ...parts, ownSubscription }),
      ...webhookRoutes(learning),
    ],
    jobs: [
      ...notices.jobs,
      createReconciler({ ...learning, isStoreAway: stores.isAway }),
      createSaleCloser(learning),
    ],
    pages: accountPages({
      ...parts,
      store,
      ownSubscription,
      withdraw: createWithdraw({ payments, store, notices, syncSubscription }),
      isStoreAway: stores.isAway,
    }),
  }
}
