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
import { accountPages } from './account.routes.ts'
import { checkoutRoutes } from './checkout.routes.ts'
import { createCheckoutLimit } from './checkout-limit.ts'
import { createOwnSubscription } from './own-subscription.ts'
import type { Payments } from './payments.ts'
import { subscriptionRoutes } from './subscription.routes.ts'
import { createSyncCheckout } from './sync-checkout.ts'
import { createSyncSubscription } from './sync-subscription.ts'
import { webhookRoutes } from './webhook.routes.ts'

export type SubscriptionsParts = {
  rules: () => Rules
  identify: IdentifyCaller
  readerSection: ReaderSection
  addressOf: ClientAddress
  meter: MeterStore
  stores: Pick<Stores, 'subscriptions' | 'notices' | 'makeLimiter' | 'isAway'>
  payments: Payments
  mailer: Mailer
  metrics: Metrics
  serviceUrl: URL
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
  const syncSubscription = createSyncSubscription({
    ...parts,
    store,
    subscriptionSeen: notices.subscriptionSeen,
    pastDueGraceDays: (site) => rules().sites.get(site)?.site.pastDueGraceDays ?? 0,
  })
  const syncCheckout = createSyncCheckout({ payments, store, syncSubscription })
  const ownSubscription = createOwnSubscription({ payments, store, syncSubscription })
  const limit = createCheckoutLimit(stores.makeLimiter)
  return {
    routes: [
      ...checkoutRoutes({ ...parts, store, limit, syncCheckout }),
      ...subscriptionRoutes({ ...parts, ownSubscription }),
      ...webhookRoutes({ ...parts, syncSubscription, syncCheckout }),
    ],
    jobs: notices.jobs,
    pages: accountPages({ ...parts, store, ownSubscription, isStoreAway: stores.isAway }),
  }
}
