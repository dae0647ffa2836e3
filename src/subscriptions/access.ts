import { z } from 'zod'
import { moneySchema } from '../offers/money.ts'
import type { Attempt } from './attempt.ts'
import { attemptOfGift, giftId } from './gift-id.ts'
import type { GiftPayment, Subscription } from './payments.ts'
import type { AccessPolicy } from './policy.ts'

/** `subscriber` has paid or is in an introductory period; `grace` owes a payment and may read for a while yet. */
export type Standing = z.infer<typeof standingSchema>
export const standingSchema = z.enum(['subscriber', 'grace'])

/** What a reader's subscription gives them, derived from the subscription as Stripe holds it. Epoch milliseconds. */
export const accessSchema = z.object({
  subscription: z.string(),
  attempt: z.string(),
  plan: z.string(),
  offer: z.string(),
  standing: standingSchema,
  untilMs: z
    .int()
    .describe('The instant from which the reader is a guest again, unless Stripe is heard of before'),
  endsAtMs: z.int().nullable().describe('When the reader has cancelled: the last instant of what is paid'),
  nextCharge: moneySchema.extend({ atMs: z.int() }).nullable(),
})

export type Access = z.infer<typeof accessSchema>

/**
 * Stripe bills a renewal about an hour after the period's end, and repeats a failed webhook for up to three days: a
 * paying reader does not become a guest meanwhile.
 */
export const renewalLeewayMs = 3 * 86_400_000

const dayMs = 86_400_000

/**
 * The access that a subscription gives, or null for none. `attempt` is the one it was bought with. Statuses as in
 * Stripe's documentation of subscriptions.
 */
export function accessFrom(options: {
  subscription: Subscription
  attempt: Attempt
  policy: AccessPolicy
}): Access | null {
  const { subscription, attempt, policy } = options
  const { id, endsAtMs, periodStartMs, periodEndMs, nextBill } = subscription
  if (isRevoked(subscription, policy) || isPaused(subscription, policy)) return null
  const shared = { subscription: id, attempt: attempt.id, plan: attempt.plan, offer: attempt.offer, endsAtMs }
  switch (subscription.status) {
    case 'trialing':
    case 'active':
      return {
        ...shared,
        standing: 'subscriber',
        untilMs: endsAtMs ?? periodEndMs + renewalLeewayMs,
        nextCharge: nextBill === null ? null : { ...nextBill.amount, atMs: nextBill.atMs },
      }
    case 'past_due': {
      const graceEndMs = periodStartMs + policy.pastDueGraceDays * dayMs
      return {
        ...shared,
        standing: 'grace',
        untilMs: Math.min(endsAtMs ?? graceEndMs, graceEndMs),
        nextCharge: null,
      }
    }
    default:
      return null
  }
}

/** Whether nothing will come of a subscription any more. */
export function isOver({ status }: Subscription): boolean {
  return status === 'canceled' || status === 'incomplete_expired'
}

/** Whether the money of the latest payment went back, and the site then takes the access away for good. */
export function isRevoked({ reversal }: Pick<Subscription, 'reversal'>, policy: AccessPolicy): boolean {
  if (reversal === 'refunded') return policy.whenRefunded === 'revoke'
  return reversal === 'dispute_lost' && policy.whenDisputeLost === 'revoke'
}

/** Whether the money of a payment is gone for good, whatever the site makes of that. */
export function wentBack({ reversal }: Pick<Subscription, 'reversal'>): boolean {
  return reversal === 'refunded' || reversal === 'dispute_lost'
}

/** Whether a dispute is undecided, and the site takes the access away until it is. */
export function isPaused({ reversal }: Pick<Subscription, 'reversal'>, policy: AccessPolicy): boolean {
  return reversal === 'disputed' && policy.whenDisputed === 'pause'
}

/** The access that a gift gives whoever redeemed it, until its end; null when it was not paid, went back, or is in dispute. */
export function accessFromGift(options: {
  attempt: Attempt
  payment: GiftPayment
  untilMs: number
  policy: AccessPolicy
}): Access | null {
  const { attempt, payment, untilMs, policy } = options
  if (!payment.paid || isRevoked(payment, policy) || isPaused(payment, policy)) return null
  return {
    subscription: giftId(attempt.id),
    attempt: attempt.id,
    plan: attempt.plan,
    offer: attempt.offer,
    standing: 'subscriber',
    untilMs,
    endsAtMs: untilMs,
    nextCharge: null,
  }
}

/** Whether somebody gave it: there is nothing to cancel and nothing to pay. */
export function isGift({ subscription }: Access): boolean {
  return attemptOfGift(subscription) !== null
}
