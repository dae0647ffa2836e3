import type { Money } from '../offers/money.ts'
import type { Attempt, AttemptStatus } from './attempt.ts'

/** What we wrote on a subscription when it was bought; only subscriptions that carry it are ours. */
export type SubscriptionLabels = {
  attempt: string
  site: string
  reader: string
  plan: string
  offer: string
}

/** A subscription as Stripe holds it now, in the words we need. Epoch milliseconds. */
export type Subscription = {
  id: string
  customer: string
  labels: SubscriptionLabels
  status:
    | 'trialing'
    | 'active'
    | 'past_due'
    | 'incomplete'
    | 'incomplete_expired'
    | 'unpaid'
    | 'canceled'
    | 'paused'
  periodStartMs: number
  periodEndMs: number
  /** When it ends for good, if it has been cancelled. */
  endsAtMs: number | null
  /** Null outside of an introductory period. */
  introEndsAtMs: number | null
  regular: Money
}

/** What a webhook is about: the subscription or the attempt to look at afresh. Its payload is never relied upon. */
export type PaymentEvent = { id: string; type: string; subscription: string | null; session: string | null }

/** A Checkout session as Stripe holds it now; `attempt` is null where it is not ours. */
export type CheckoutState = { status: AttemptStatus; attempt: string | null; subscription: string | null }

/** The service that moves the money. Every method rejects with PaymentsUnavailable when it cannot be reached or fails. */
export type Payments = {
  /** Opens the page where the reader pays. Asked again with the same attempt, it gives the same page. */
  openCheckout(attempt: Attempt): Promise<{ session: string; url: string }>
  checkout(session: string): Promise<CheckoutState>
  /** Null for a subscription that is not ours. */
  subscription(id: string): Promise<Subscription | null>
  /** Has a subscription end with what is paid. Safe to repeat; false when it is over already. */
  setToEnd(subscription: string): Promise<boolean>
  /** Has a subscription that was to end go on after all. Safe to repeat; false when it is over already. */
  keep(subscription: string): Promise<boolean>
  /** Makes the waiting introductory charge be there exactly once, or not at all where the reader leaves before it. */
  settleIntroCharge(subscription: Subscription, attempt: Attempt): Promise<void>
  /** Null when the signature does not fit the raw body. */
  readEvent(rawBody: Buffer, signature: string): PaymentEvent | null
}

export class PaymentsUnavailable extends Error {
  override name = 'PaymentsUnavailable'
}
