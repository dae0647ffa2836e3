import { isChargeAsAgreed, isSubscriptionAsAgreed } from './as-agreed.ts'
import type { Attempt, AttemptRefusal } from './attempt.ts'
import type { Payments, Subscription } from './payments.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/**
 * Why a subscription that was paid for may not stand, or null. Asked until the attempt is written as complete; after that
 * the publisher may change what they like in Stripe's dashboard.
 */
export async function refusalOf(options: {
  payments: Payments
  store: SubscriptionStore
  subscription: Subscription
  attempt: Attempt
}): Promise<AttemptRefusal | null> {
  const { subscription, attempt } = options
  if (attempt.status === 'complete') return attempt.refused
  if (attempt.winsBack !== null) return null
  if (!isSubscriptionAsAgreed(subscription, attempt)) return 'wrong_amount'
  if (!(await isPaidAsAgreed(options))) return 'wrong_amount'
  return (await hasFirst(options)) ? 'second_subscription' : null
}

/** A page whose session was not noted was told to nobody. */
async function isPaidAsAgreed({ payments, attempt }: Parameters<typeof refusalOf>[0]): Promise<boolean> {
  if (attempt.session === null) return true
  const { charged } = await payments.checkout(attempt.session)
  return charged === null || isChargeAsAgreed(charged, attempt)
}

/** Whether the reader had another subscription before this one: then two pages were open, and both were paid on. */
async function hasFirst(options: Parameters<typeof refusalOf>[0]): Promise<boolean> {
  const { payments, store, subscription, attempt } = options
  const customers = new Set([...(await store.customers(attempt.reader)), subscription.customer])
  for (const customer of customers) {
    for (const other of await payments.runningSubscriptions(customer)) {
      if (await isBefore(store, other, subscription)) return true
    }
  }
  return false
}

/** Of two that began in the same second the one that was taken as bought is the first, else that of the lesser id. */
async function isBefore(
  store: SubscriptionStore,
  other: Subscription,
  subscription: Subscription,
): Promise<boolean> {
  if (other.id === subscription.id || other.status === 'incomplete') return false
  if (other.startedAtMs !== subscription.startedAtMs) return other.startedAtMs < subscription.startedAtMs
  const attempt = await store.attempt(other.labels.attempt)
  return (attempt?.status === 'complete' && attempt.refused === null) || other.id < subscription.id
}
