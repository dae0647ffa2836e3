import type { AttemptStatus } from './attempt.ts'
import type { Payments } from './payments.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import type { SyncSubscription } from './sync-subscription.ts'

/** Learns from Stripe how a Checkout session stands, and acts on it. Rejects if it could not. */
export type SyncCheckout = (session: string) => Promise<AttemptStatus>

/** A completed session leads to its subscription; an expired one ends its attempt. */
export function createSyncCheckout(parts: {
  payments: Payments
  store: SubscriptionStore
  syncSubscription: SyncSubscription
}): SyncCheckout {
  const { payments, store, syncSubscription } = parts
  return async (session) => {
    const { status, attempt, subscription } = await payments.checkout(session)
    if (attempt === null) return status
    if (status === 'complete' && subscription !== null) await syncSubscription(subscription)
    if (status === 'expired') await store.attemptEnded(attempt, status)
    return status
  }
}
