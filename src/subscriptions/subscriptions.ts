import type { Logger } from 'pino'
import type { ClientAddress } from '../http/client-address.ts'
import type { ClientCountry } from '../http/client-country.ts'
import type { Route } from '../http/route.ts'
import type { Job } from '../jobs/job.ts'
import type { Mailer } from '../mail/mail.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { createNotices } from '../notices/create-notices.ts'
import type { IsSoldOut } from '../offers/sold-out.ts'
import type { Rules } from '../paywall/rules.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import type { ReaderSection } from '../readers/reader-section.ts'
import type { Sales } from '../reports/sales.ts'
import type { Stores } from '../stores/stores.ts'
import { accountPages } from './account.routes.ts'
import type { AccountPagesParts } from './account-visit.routes.ts'
import { checkoutRoutes } from './checkout.routes.ts'
import { createCheckoutLimit } from './checkout-limit.ts'
import { consentRoutes } from './consents.routes.ts'
import { createFlows } from './flows.ts'
import { giftSubscriptionRoutes } from './gift.routes.ts'
import { createGiftCodes } from './gift-code.ts'
import { offersRoutes } from './offers.routes.ts'
import type { Payments } from './payments.ts'
import { createPlaceOrder } from './place-order.ts'
import { returnRoutes } from './return.routes.ts'
import { subscriptionRoutes } from './subscription.routes.ts'
import { webhookRoutes } from './webhook.routes.ts'
import { createWithdraw } from './withdraw.ts'

export type SubscriptionsParts = {
  rules: () => Rules
  identify: IdentifyCaller
  readerSection: ReaderSection
  deleteReader: AccountPagesParts['deleteReader']
  addressOf: ClientAddress
  countryOf: ClientCountry
  isSoldOut: IsSoldOut
  meter: MeterStore
  stores: Pick<Stores, 'subscriptions' | 'notices' | 'makeLimiter' | 'isAway'>
  sales: Sales
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
  const store = stores.subscriptions
  const giftCodes = createGiftCodes(parts.secrets)
  const giftLink = (attempt: string) => new URL(`/gift/${giftCodes.create(attempt)}`, parts.serviceUrl)
  const notices = createNotices({ ...parts, notices: stores.notices, subscriptions: store, giftLink })
  const flows = createFlows({
    ...parts,
    store,
    async subscriptionSeen(seen) {
      await notices.subscriptionSeen(seen)
      await parts.sales.seen(seen)
    },
    async giftPaid(attempt) {
      await notices.giftPaid(attempt)
      await parts.sales.giftPaid(attempt)
    },
    pageOpened: parts.sales.begun,
    isStoreAway: stores.isAway,
  })
  const limit = createCheckoutLimit(stores.makeLimiter)
  const placeOrder = createPlaceOrder({ ...flows, limit, metrics: parts.metrics })
  return {
    routes: [
      ...checkoutRoutes({ ...flows, ...parts, placeOrder }),
      ...returnRoutes({ ...flows, giftLink }),
      ...giftSubscriptionRoutes({ ...parts, ...flows, giftCodes }),
      ...offersRoutes({ ...parts, store }),
      ...subscriptionRoutes({ ...parts, ...flows }),
      ...webhookRoutes({ ...flows, metrics: parts.metrics }),
      ...consentRoutes({ ...parts, store }),
    ],
    jobs: [...notices.jobs, flows.reconciler, flows.saleCloser],
    pages: accountPages({
      ...parts,
      ...flows,
      placeOrder,
      giftLink,
      withdraw: createWithdraw({ ...flows, notices }),
    }),
  }
}
