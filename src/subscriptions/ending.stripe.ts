import type Stripe from 'stripe'
import type { Attempt } from './attempt.ts'
import { createOnce } from './create-once.stripe.ts'
import { introCoupon } from './intro-coupon.stripe.ts'
import { attemptLabel, writeLabels } from './labels.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import type { RegularPrice } from './price.stripe.ts'

/**
 * Sets a subscription to end with what is paid; in a trial that is the trial's end. False when it is over already.
 *
 * Neither this nor `keep` has an idempotency key of its own: a reader who cancels, comes back and cancels again makes
 * the same request twice and means it each time. Each says what shall be, so that repeating it does no harm.
 */
export async function setToEnd(stripe: Stripe, id: string): Promise<boolean> {
  const subscription = await running(stripe, id)
  if (subscription === null) return false
  await stripe.subscriptions.update(id, { cancel_at_period_end: true })
  return true
}

/** Takes back an end that lies ahead, whether set here or in Stripe's customer portal. False when it is over already. */
export async function keep(stripe: Stripe, id: string): Promise<boolean> {
  const subscription = await running(stripe, id)
  if (subscription === null) return false
  const change = goesOn(subscription)
  if (change !== null) await stripe.subscriptions.update(id, change)
  return true
}

/**
 * Takes back an end that lies ahead, and has the subscription go on under the attempt: its discount in the place of
 * any other, its labels. In one request, so that nobody is kept without the discount they were promised. The labels
 * tell whether it has been done already.
 */
export async function winBack(stripe: Stripe, id: string, attempt: Attempt): Promise<boolean> {
  if (attempt.intro?.kind === 'trial') {
    throw new Error(`attempt ${attempt.id}: a running subscription is not won back with a trial`)
  }
  const subscription = await running(stripe, id)
  if (subscription === null) return false
  if (subscription.metadata[attemptLabel] === attempt.id) return true
  const coupon = await introCoupon(stripe, { attempt, regular: priceOf(subscription) })
  const change = {
    ...goesOn(subscription),
    ...(coupon !== null && { discounts: [{ coupon }] }),
    metadata: writeLabels(attempt),
  }
  await createOnce(`${attempt.id}:win-back`, (idempotencyKey) =>
    stripe.subscriptions.update(id, change, { idempotencyKey }),
  )
  return true
}

async function running(stripe: Stripe, id: string): Promise<Stripe.Subscription | null> {
  const subscription = await orMissing(stripe.subscriptions.retrieve(id))
  return subscription?.ended_at === null ? subscription : null
}

/** Stripe takes one of the two at a time; the portal sets the instant and leaves the flag as it was. */
function goesOn(subscription: Stripe.Subscription): Stripe.SubscriptionUpdateParams | null {
  if (subscription.cancel_at_period_end) return { cancel_at_period_end: false }
  return subscription.cancel_at === null ? null : { cancel_at: '' }
}

/** What the subscription costs, which may be another price than the plan has by now. */
function priceOf({ id, items }: Stripe.Subscription): RegularPrice {
  const price = items.data[0]?.price
  if (price === undefined) throw new Error(`subscription ${id} has no item`)
  const product = typeof price.product === 'string' ? price.product : price.product.id
  return { price: price.id, product, amount: price.unit_amount ?? 0 }
}
