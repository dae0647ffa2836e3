import type Stripe from 'stripe'

/** What the sandbox's lists hold, in the library's own response types. */
export interface AnswerTypes {
  charge: Stripe.Charge
  coupon: Stripe.Coupon
  customer: Stripe.Customer
  dispute: Stripe.Dispute
  invoice: Stripe.Invoice
  invoice_payment: Stripe.InvoicePayment
  invoiceitem: Stripe.InvoiceItem
  payment_intent: Stripe.PaymentIntent
  payment_method: Stripe.PaymentMethod
  price: Stripe.Price
  product: Stripe.Product
  promotion_code: Stripe.PromotionCode
  refund: Stripe.Refund
  session: Stripe.Checkout.Session
  subscription: Stripe.Subscription
}
