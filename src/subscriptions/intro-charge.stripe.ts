import type Stripe from 'stripe'
import type { Money } from '../offers/money.ts'
import type { Attempt } from './attempt.ts'
import { attemptLabel, writeLabels } from './checkout-parameters.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import type { Subscription } from './payments.ts'
import { subscriptionOf } from './subscription.stripe.ts'

/**
 * An introductory amount below what Stripe charges waits as an item for the subscription's first regular invoice. It
 * must be there once while the reader is to be billed, and not at all when they leave before. Safe to call at any time,
 * twice and at once.
 */
export async function settleIntroCharge(
  stripe: Stripe,
  subscription: Subscription,
  attempt: Attempt,
): Promise<void> {
  if (attempt.intro?.kind !== 'trial' || attempt.intro.collected !== 'with_first_bill') return
  const changed = await settleAsOf(stripe, { subscription, attempt, price: attempt.intro.price })
  if (!changed) return
  // The reader may have left or come back meanwhile, and whoever settled that have looked before this was changed.
  const now = subscriptionOf(await stripe.subscriptions.retrieve(subscription.id))
  if (now !== null && isDue(now) !== isDue(subscription)) await settleIntroCharge(stripe, now, attempt)
}

/** Whether something had to be changed. */
async function settleAsOf(stripe: Stripe, { subscription, attempt, price }: Waiting): Promise<boolean> {
  const { data } = await stripe.invoiceItems.list({
    customer: subscription.customer,
    pending: true,
    limit: 100,
  })
  const waiting = data.filter((item) => item.metadata?.[attemptLabel] === attempt.id)
  if (!isDue(subscription)) {
    for (const item of waiting) await orMissing(stripe.invoiceItems.del(item.id))
    return waiting.length > 0
  }
  if (waiting.length > 0) return false
  await addOnce(stripe, introItem({ subscription, attempt, price }), `${attempt.id}:intro`)
  return true
}

type Waiting = { subscription: Subscription; attempt: Attempt; price: Money }

function isDue({ introEndsAtMs, endsAtMs }: Subscription): boolean {
  return introEndsAtMs !== null && (endsAtMs === null || endsAtMs > introEndsAtMs)
}

/**
 * Stripe repeats its first answer to an idempotency key, also when the item has been deleted since, because the reader
 * left and came back. The next key is then made from that item, so that however many try at once, one item is added.
 */
async function addOnce(
  stripe: Stripe,
  parameters: Stripe.InvoiceItemCreateParams,
  idempotencyKey: string,
): Promise<void> {
  const item = await stripe.invoiceItems.create(parameters, { idempotencyKey })
  const isThere = (await orMissing(stripe.invoiceItems.retrieve(item.id))) !== null
  if (!isThere) await addOnce(stripe, parameters, `${item.id}:again`)
}

function introItem({ subscription, attempt, price }: Waiting): Stripe.InvoiceItemCreateParams {
  return {
    customer: subscription.customer,
    subscription: subscription.id,
    amount: price.amount,
    currency: price.currency.toLowerCase(),
    description: `${attempt.planName}: introductory period`,
    metadata: writeLabels(attempt),
  }
}
