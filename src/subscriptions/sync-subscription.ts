import type { Logger } from 'pino'
import { accessFrom, isOver } from './access.ts'
import type { Attempt } from './attempt.ts'
import type { Payments, Subscription } from './payments.ts'
import type { SubscriptionStore } from './subscription-store.ts'

export type SyncParts = {
  payments: Payments
  store: SubscriptionStore
  /** Days that a reader of the site keeps reading when a payment has failed. */
  pastDueGraceDays: (site: string) => number
  /** Hears of everything that was learnt. */
  subscriptionSeen: (seen: SubscriptionSeen) => Promise<void>
  log: Logger
}

export type SubscriptionSeen = { subscription: Subscription; attempt: Attempt; ticket: number }

/** Learns the truth about one subscription from Stripe and writes what access it gives. Rejects if it could not. */
export type SyncSubscription = (subscription: string) => Promise<void>

/**
 * The one way access changes: every webhook and the page that readers return to call it. It relies on nothing but what
 * Stripe holds now, so events may come twice, late and in any order. The ticket is taken before Stripe is asked, so
 * that of two answers the one that was asked for later stands.
 */
export function createSyncSubscription({
  payments,
  store,
  pastDueGraceDays,
  subscriptionSeen,
  log,
}: SyncParts): SyncSubscription {
  return async (id) => {
    const ticket = await store.takeTicket()
    const subscription = await payments.subscription(id)
    if (subscription === null) return
    const { labels } = subscription
    const attempt = await store.attempt(labels.attempt)
    if (attempt === null || attempt.reader !== labels.reader) {
      log.error(
        { subscription: id, attempt: labels.attempt },
        'a subscription names an attempt that is not known',
      )
      return
    }
    await payments.settleIntroCharge(subscription, attempt)
    const access = accessFrom({ subscription, attempt, pastDueGraceDays: pastDueGraceDays(labels.site) })
    const written = await store.saveAccess({
      reader: labels.reader,
      attempt: attempt.id,
      subscription: id,
      access,
      isOver: isOver(subscription),
      ticket,
    })
    await store.attemptEnded(attempt.id, 'complete')
    await subscriptionSeen({ subscription, attempt, ticket })
    log.info({ subscription: id, status: subscription.status, written }, 'subscription synchronised')
  }
}
