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
  startedAtMs: number
  /** Null outside of a trial, which is how an introductory period paid in one amount, or not at all, is kept. */
  introEndsAtMs: number | null
  regular: Money
  /** What the next bill comes to, discounts and tax included; null where none is due any more. */
  nextBill: { amount: Money; atMs: number } | null
  /** What became of the latest payment. */
  reversal: Reversal | null
}

/** What a webhook is about: the subscription or the attempt to look at afresh. Its payload is never relied upon. */
export type PaymentEvent = {
  id: string
  type: string
  /** Epoch milliseconds. */
  atMs: number
  subscription: string | null
  session: string | null
  /** A payment that was refunded or disputed; `about()` tells what it was for. */
  payment: string | null
}

/** What a payment was for: one of our subscriptions, a gift that was bought with our session, or nothing of ours. */
export type PaymentSubject = { subscription: string | null; session: string | null }

/** A bill of a subscription. `atMs` is epoch milliseconds; `url` is a page of the payment service that shows it. */
export type Invoice = {
  number: string | null
  atMs: number
  total: Money
  status: 'paid' | 'open' | 'void' | 'uncollectible' | 'draft'
  url: string | null
}

/** Where the money of a payment is that did not stay with us: all of it refunded, or disputed. */
export type Reversal = 'refunded' | 'disputed' | 'dispute_lost'

/** What a Checkout page asks for at once, in minor units of one currency. A discount can come of the reader's own code. */
export type Charged = {
  /** After discounts, with tax. */
  total: Money
  discount: number
  tax: number
  /** What the session names as reason of the discount; null where it names none. */
  discountBy: 'coupon' | 'code' | null
}

/** A Checkout session as Stripe holds it now; `attempt` is null where it is not ours. */
export type CheckoutState = {
  status: AttemptStatus
  attempt: string | null
  subscription: string | null
  /** Null where it is not ours. */
  charged: Charged | null
  /** Of a gift, which is paid once: how its payment stands. */
  gift: GiftPayment | null
}

/** `paid` also where a code took off all there was to pay. */
export type GiftPayment = { paid: boolean; reversal: Reversal | null; email: string | null }

/** The service that moves the money. Every method rejects with PaymentsUnavailable when it cannot be reached or fails. */
export type Payments = {
  /**
   * The one customer of a reader. Asked again within a day it is the same, so keep it and give it as `known` later: it
   * is answered as long as it is there, and another one when somebody has deleted it.
   */
  customerOf(reader: string, known?: string | null): Promise<string>
  /** Opens the page where the reader pays. Asked again with the same attempt, it gives the same page. */
  openCheckout(attempt: Attempt, customer: string): Promise<{ session: string; url: string }>
  /** Closes a page that has not been paid on, and says how it stands then. Safe to repeat. */
  closeCheckout(session: string): Promise<CheckoutState>
  checkout(session: string): Promise<CheckoutState>
  /** Gives back all that was paid for a gift on the page of a session. Safe to repeat. */
  giveBackGift(session: string): Promise<void>
  /** Null for a subscription that is not ours. */
  subscription(id: string): Promise<Subscription | null>
  /** Those of a customer that are ours and not over, the oldest first. */
  runningSubscriptions(customer: string): Promise<Subscription[]>
  about(payment: string): Promise<PaymentSubject>

  /** Has a subscription end with what is paid. Safe to repeat; false when it is over already. */
  setToEnd(subscription: string): Promise<boolean>
  /** Has a subscription that was to end go on after all. Safe to repeat; false when it is over already. */
  keep(subscription: string): Promise<boolean>
  /**
   * Has a subscription that was to end go on under the attempt: its introductory discount, if it has one, holds from now
   * on, and the subscription carries its labels. Safe to repeat; false when it is over.
   */
  winBack(subscription: string, attempt: Attempt): Promise<boolean>
  /** Ends a subscription at once and gives back nothing, the part of the latest payment not yet used, or all of it. Safe to repeat. */
  endNow(subscription: string, refund: 'nothing' | 'unused' | 'all'): Promise<void>
  /**
   * Makes the waiting introductory charge be there exactly once, or not at all where the reader leaves before it. True
   * when something had to be changed, so that `nextBill` as known before is out of date.
   */
  settleIntroCharge(subscription: Subscription, attempt: Attempt): Promise<boolean>

  /** The page where a customer changes the card. What it answers is a key to the account: show it to the reader only. */
  portal(customer: string, options: { returnTo: URL; language: string }): Promise<string>
  /** The latest bills of a subscription, the newest first. */
  invoices(subscription: string): Promise<Invoice[]>
  /** Where mail to a customer goes; null where it is not known. */
  email(customer: string): Promise<string | null>
  /** Has what is kept about a customer deleted. What still runs ends at once. Safe to repeat. */
  forget(customer: string): Promise<void>

  /** The events since an instant that did not reach us, the oldest first. */
  undelivered(sinceMs: number): AsyncIterable<PaymentEvent>
  /** Null when the signature does not fit the raw body. */
  readEvent(rawBody: Buffer, signature: string): PaymentEvent | null
}

export class PaymentsUnavailable extends Error {
  override name = 'PaymentsUnavailable'
}
