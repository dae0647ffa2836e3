import type Stripe from 'stripe'
import { orMissing } from './or-missing.stripe.ts'

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
  // Stripe takes one of the two at a time; the portal sets the instant and leaves the flag as it was.
  if (subscription.cancel_at_period_end) {
    await stripe.subscriptions.update(id, { cancel_at_period_end: false })
  } else if (subscription.cancel_at !== null) {
    await stripe.subscriptions.update(id, { cancel_at: '' })
  }
  return true
}

async function running(stripe: Stripe, id: string): Promise<Stripe.Subscription | null> {
  const subscription = await orMissing(stripe.subscriptions.retrieve(id))
  return subscription?.ended_at === null ? subscription : null
}
