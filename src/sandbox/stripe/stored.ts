import type Stripe from 'stripe'
import type { Card } from './cards.ts'

/**
 * One of the library's response types as it crosses the wire unexpanded: a reference is an id, a decimal is text.
 */
type Stored<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Stripe.Decimal
    ? string
    : T extends Array<infer Item>
      ? StoredField<Item>[]
      : { [Key in keyof T]: StoredField<T[Key]> }

type StoredField<T> = string extends T ? Exclude<T, { object: string }> : Stored<T>

export type Product = Stored<Stripe.Product>
export type Price = Stored<Stripe.Price>
export type Coupon = Stored<Stripe.Coupon>
export type PromotionCode = Stored<Stripe.PromotionCode>
export type Discount = Stored<Stripe.Discount>
export type Customer = Stored<Stripe.Customer>
export type Session = Stored<Stripe.Checkout.Session>
export type LineItem = Stored<Stripe.LineItem>
export type Subscription = Stored<Stripe.Subscription>
export type SubscriptionItem = Stored<Stripe.SubscriptionItem>
export type Invoice = Stored<Stripe.Invoice>
export type InvoiceLine = Stored<Stripe.InvoiceLineItem>
export type InvoiceItem = Stored<Stripe.InvoiceItem>
export type InvoicePayment = Stored<Stripe.InvoicePayment>
export type PaymentMethod = Stored<Stripe.PaymentMethod>
export type PaymentIntent = Stored<Stripe.PaymentIntent>
export type Charge = Stored<Stripe.Charge>
export type Refund = Stored<Stripe.Refund>
export type Dispute = Stored<Stripe.Dispute>
export type EventType = Stripe.Event['type']

/** An event with whatever its type says is inside. */
export type StoredEvent = Omit<Stripe.EventBase, 'type' | 'data'> & {
  type: EventType
  data: { object: object; previous_attributes?: object }
}

/** What a session will buy: Stripe keeps this to itself, so it is not part of the session. */
export type CheckoutTerms = {
  id: string
  lines: LineItem[]
  coupon: string | null
  /** The promotion code that the coupon came by. */
  promotion: string | null
  tax: boolean
  /** Of the subscription or, of a single payment, of its intent. */
  description: string | null
  metadata: Record<string, string>
  trialEnd: number | null
  trialPeriodDays: number | null
  trialEndBehavior: 'cancel' | 'create_invoice' | 'pause'
}

/** How an amount added to an invoice stands to tax, which an item that came without a price does not show. */
type ItemTax = { id: string; behavior: string }

/** A link into the customer portal, good until `endsAt` (epoch ms). */
export type PortalSession = Stored<Stripe.BillingPortal.Session> & { endsAt: number }

/** A bank that waits for the card's owner to confirm: what happens then, and until when (epoch ms). */
export type Challenge = {
  id: string
  purpose:
    | { kind: 'session'; session: string; payer: Payer }
    | { kind: 'invoice'; invoice: string; method: string }
    | { kind: 'card'; portal: string; customer: string; payer: Payer }
  amount: number
  currency: string
  last4: string
  refused: boolean
  endsAt: number
}

/** Who pays on one of the sandbox's pages, and with which card. */
export type Payer = { email: string; name: string; card: Card }

/** A charge that is disputed as soon as it is over. */
type ComingDispute = { id: string; at: number }

type TrialNotice = { id: string; trialEnd: number; at: number }

/** An event on its way: `attempts` made so far, since it happened at `since`, the next at `nextAt` (epoch ms). */
export type Delivery = { id: string; event: string; attempts: number; since: number; nextAt: number }

/** What the first request under an idempotency key asked and was answered, forgotten at `forgetAt` (epoch ms). */
type KeptAnswer = { id: string; request: string; status: number; body: string; forgetAt: number }

type ClockSetting = { id: 'clock'; offsetMs: number }

/** Every kind of document the sandbox keeps. */
export interface Kinds {
  product: Product
  price: Price
  coupon: Coupon
  deleted_coupon: Coupon
  promotion_code: PromotionCode
  discount: Discount
  customer: Customer
  deleted_customer: Stripe.DeletedCustomer
  session: Session
  checkout_terms: CheckoutTerms
  subscription: Subscription
  trial_notice: TrialNotice
  invoice: Invoice
  invoiceitem: InvoiceItem
  item_tax: ItemTax
  portal_session: PortalSession
  invoice_payment: InvoicePayment
  payment_method: PaymentMethod
  payment_intent: PaymentIntent
  charge: Charge
  refund: Refund
  dispute: Dispute
  coming_dispute: ComingDispute
  challenge: Challenge
  event: StoredEvent
  delivery: Delivery
  kept_answer: KeptAnswer
  clock: ClockSetting
}
export type Kind = keyof Kinds
