import { z } from 'zod'
import { moneySchema } from '../offers/money.ts'
import type { Attempt } from './attempt.ts'
import type { Subscription } from './payments.ts'

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
  pastDueGraceDays: number
}): Access | null {
  const { subscription, attempt, pastDueGraceDays } = options
  const { id, endsAtMs, periodStartMs, periodEndMs } = subscription
  const shared = { subscription: id, attempt: attempt.id, plan: attempt.plan, offer: attempt.offer, endsAtMs }
  switch (subscription.status) {
    case 'trialing':
    case 'active':
      return {
        ...shared,
        standing: 'subscriber',
        untilMs: endsAtMs ?? periodEndMs + renewalLeewayMs,
        nextCharge: endsAtMs === null ? nextCharge(subscription, attempt) : null,
      }
    case 'past_due': {
      const graceEndMs = periodStartMs + pastDueGraceDays * dayMs
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

/** The regular price, and an introductory amount that waited for the first regular bill. */
function nextCharge(
  { regular, introEndsAtMs, periodEndMs }: Subscription,
  { intro }: Attempt,
): Access['nextCharge'] {
  const waits = introEndsAtMs !== null && intro?.kind === 'trial' && intro.collected === 'with_first_bill'
  const waiting = waits ? intro.price.amount : 0
  return { amount: regular.amount + waiting, currency: regular.currency, atMs: introEndsAtMs ?? periodEndMs }
}
