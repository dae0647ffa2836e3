import Stripe from 'stripe'
import type { PaymentEvent } from './payments.ts'

/**
 * What a webhook is about; null when the signature does not fit the raw body. An event of the other mode (test or
 * live) than our key is about nothing.
 */
export function eventOf(options: {
  stripe: Stripe
  rawBody: Buffer
  signature: string
  webhookSecret: string
  live: boolean
}): PaymentEvent | null {
  const { stripe, rawBody, signature, webhookSecret, live } = options
  let event: Stripe.Event
  try {
    event = stripe.webhooks.constructEvent(rawBody, signature, webhookSecret)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null
    throw error
  }
  const about = event.livemode === live ? subjectOf(event) : { subscription: null, session: null }
  return { id: event.id, type: event.type, ...about }
}

function subjectOf(event: Stripe.Event): { subscription: string | null; session: string | null } {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return { subscription: null, session: event.data.object.id }
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
    case 'customer.subscription.paused':
    case 'customer.subscription.resumed':
      return { subscription: event.data.object.id, session: null }
    case 'invoice.paid':
    case 'invoice.payment_failed':
    case 'invoice.payment_action_required':
      return { subscription: subscriptionOfInvoice(event.data.object), session: null }
    default:
      return { subscription: null, session: null }
  }
}

function subscriptionOfInvoice(invoice: Stripe.Invoice): string | null {
  const subscription = invoice.parent?.subscription_details?.subscription ?? null
  return typeof subscription === 'string' ? subscription : (subscription?.id ?? null)
}
