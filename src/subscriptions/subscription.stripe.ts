import type Stripe from 'stripe'
import { z } from 'zod'
import { moneySchema } from '../offers/money.ts'
import { readLabels } from './checkout-parameters.stripe.ts'
import type { Subscription } from './payments.ts'

const statusSchema = z.enum([
  'trialing',
  'active',
  'past_due',
  'incomplete',
  'incomplete_expired',
  'unpaid',
  'canceled',
  'paused',
])

/** Stripe's subscription in our words; null for one that is not ours. Rejects what it does not know. */
export function subscriptionOf(subscription: Stripe.Subscription): Subscription | null {
  const labels = readLabels(subscription.metadata)
  if (labels === null) return null
  const [item] = subscription.items.data
  if (item === undefined) throw new Error(`subscription ${subscription.id} has no item`)
  return {
    id: subscription.id,
    customer: typeof subscription.customer === 'string' ? subscription.customer : subscription.customer.id,
    labels,
    status: statusSchema.parse(subscription.status),
    periodStartMs: item.current_period_start * 1000,
    periodEndMs: item.current_period_end * 1000,
    endsAtMs: endsAt(subscription, item),
    introEndsAtMs: subscription.status === 'trialing' ? milliseconds(subscription.trial_end) : null,
    regular: moneySchema.parse({
      amount: item.price.unit_amount,
      currency: item.price.currency.toUpperCase(),
    }),
  }
}

/** Cancelling in the customer portal sets `cancel_at` and leaves the flag as it was, so both are read. */
function endsAt(subscription: Stripe.Subscription, item: Stripe.SubscriptionItem): number | null {
  if (subscription.ended_at !== null) return milliseconds(subscription.ended_at)
  if (subscription.cancel_at !== null) return milliseconds(subscription.cancel_at)
  return subscription.cancel_at_period_end ? milliseconds(item.current_period_end) : null
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000
}
