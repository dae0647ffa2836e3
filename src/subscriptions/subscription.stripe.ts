import Stripe from 'stripe'
import { z } from 'zod'
import { moneySchema } from '../offers/money.ts'
import { readLabels } from './labels.stripe.ts'
import { latestPayment } from './latest-payment.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import type { Subscription } from './payments.ts'
import { reversalOf } from './reversal.stripe.ts'

/** What is known of a subscription without looking at its bills. */
export type SubscriptionFacts = Omit<Subscription, 'nextBill' | 'reversal'>

/** The subscription as Stripe holds it now; null for one that is not ours, or that there is not. */
export async function subscriptionNow(stripe: Stripe, id: string): Promise<Subscription | null> {
  const subscription = await orMissing(stripe.subscriptions.retrieve(id))
  const facts = subscription === null ? null : subscriptionFacts(subscription)
  return facts === null ? null : withBills(stripe, facts)
}

/** Those of a customer that are ours and not over, the oldest first. */
export async function runningSubscriptions(stripe: Stripe, customer: string): Promise<Subscription[]> {
  const listed = await orMissing(
    stripe.subscriptions.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1000 }),
  )
  const running = (listed ?? [])
    .map(subscriptionFacts)
    .filter((facts) => facts !== null)
    .filter(({ status }) => status !== 'canceled' && status !== 'incomplete_expired')
    .sort((one, other) => one.startedAtMs - other.startedAtMs)
  return Promise.all(running.map((facts) => withBills(stripe, facts)))
}

/** Stripe's subscription in our words; null for one that is not ours. Rejects what it does not know. */
export function subscriptionFacts(subscription: Stripe.Subscription): SubscriptionFacts | null {
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
    startedAtMs: subscription.start_date * 1000,
    introEndsAtMs: subscription.status === 'trialing' ? milliseconds(subscription.trial_end) : null,
    regular: moneySchema.parse({
      amount: item.price.unit_amount,
      currency: item.price.currency.toUpperCase(),
    }),
  }
}

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

/** Cancelling in the customer portal sets `cancel_at` and leaves the flag as it was, so both are read. */
function endsAt(subscription: Stripe.Subscription, item: Stripe.SubscriptionItem): number | null {
  if (subscription.ended_at !== null) return milliseconds(subscription.ended_at)
  if (subscription.cancel_at !== null) return milliseconds(subscription.cancel_at)
  return subscription.cancel_at_period_end ? milliseconds(item.current_period_end) : null
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000
}

async function withBills(stripe: Stripe, facts: SubscriptionFacts): Promise<Subscription> {
  const [nextBill, payment] = await Promise.all([nextBillOf(stripe, facts), latestPayment(stripe, facts.id)])
  return { ...facts, nextBill, reversal: payment === null ? null : await reversalOf(stripe, payment.charge) }
}

const billedStatuses: readonly Subscription['status'][] = ['trialing', 'active', 'past_due']

async function nextBillOf(
  stripe: Stripe,
  { id, status, endsAtMs, periodEndMs }: SubscriptionFacts,
): Promise<Subscription['nextBill']> {
  if (!billedStatuses.includes(status) || endsAtMs !== null) return null
  try {
    const { amount_due: amount, currency } = await stripe.invoices.createPreview({ subscription: id })
    return { amount: moneySchema.parse({ amount, currency: currency.toUpperCase() }), atMs: periodEndMs }
  } catch (error) {
    if (hasNoNextBill(error)) return null
    throw error
  }
}

/** It may have been cancelled in the moment between the two questions. */
function hasNoNextBill(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    ['invoice_upcoming_none', 'resource_missing'].includes(error.code ?? '')
  )
}
