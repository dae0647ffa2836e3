import type Stripe from 'stripe'
import { giveBack } from './give-back.stripe.ts'
import { type LatestPayment, latestPayment } from './latest-payment.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import { unusedShare } from './unused-share.stripe.ts'

type Ended = { subscription: Stripe.Subscription; endedAt: number }

/**
 * Ends a subscription at once and gives back what `refund` says of its latest payment. Safe to repeat: it ends before
 * anything is given back, so that what is unused is reckoned from the same instant each time, and a refund says on
 * itself what it was for.
 */
export async function endNow(
  stripe: Stripe,
  id: string,
  refund: 'nothing' | 'unused' | 'all',
): Promise<void> {
  const ended = await end(stripe, id)
  if (ended === null || refund === 'nothing') return
  const payment = await latestPayment(stripe, id)
  if (payment === null) return
  const amount = amountBack(ended, payment, refund)
  if (amount > 0) await giveBack(stripe, { charge: payment.charge.id, amount, reason: `${id}:${refund}` })
}

/** Null where Stripe holds no such subscription. */
async function end(stripe: Stripe, id: string): Promise<Ended | null> {
  const before = await orMissing(stripe.subscriptions.retrieve(id))
  if (before === null) return null
  const isOver = before.ended_at !== null
  const cancelled = isOver ? before : await orMissing(stripe.subscriptions.cancel(id))
  // Somebody else may have ended it in between, and then it cannot be cancelled.
  const subscription = cancelled ?? (await stripe.subscriptions.retrieve(id))
  if (subscription.ended_at === null) throw new Error(`subscription ${id} was cancelled and has not ended`)
  return { subscription, endedAt: subscription.ended_at }
}

function amountBack(
  { subscription, endedAt }: Ended,
  { invoice, charge }: LatestPayment,
  refund: 'unused' | 'all',
): number {
  const left = charge.amount_captured - charge.amount_refunded
  if (refund === 'all') return left
  const share = unusedShare({ invoice, subscription, endedAt })
  return Math.min(left, Math.round(charge.amount_captured * share))
}
