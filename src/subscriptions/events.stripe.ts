import Stripe from 'stripe'
import type { PaymentEvent } from './payments.ts'

/** The events that are acted upon. Stripe lists up to 20 types at a time. */
export const webhookEvents = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.closed',
  'refund.updated',
  'refund.failed',
]

/**
 * What a webhook is about; null when the signature does not fit the raw body. An event of the other mode (test or
 * live) than our key is about nothing.
 */
export function readEvent(options: {
  stripe: Stripe
  rawBody: Buffer
  signature: string
  webhookSecret: string
  live: boolean
}): PaymentEvent | null {
  const { stripe, rawBody, signature, webhookSecret, live } = options
  try {
    return eventOf(stripe.webhooks.constructEvent(rawBody, signature, webhookSecret), live)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null
    throw error
  }
}

/** The events since an instant (epoch ms) that did not reach us, the oldest first. Stripe keeps them for 30 days. */
export async function undelivered(
  stripe: Stripe,
  { sinceMs, live }: { sinceMs: number; live: boolean },
): Promise<PaymentEvent[]> {
  const events: PaymentEvent[] = []
  const listed = stripe.events.list({
    delivery_success: false,
    created: { gte: Math.floor(sinceMs / 1000) },
    types: webhookEvents,
    limit: 100,
  })
  for await (const event of listed) events.push(eventOf(event, live))
  return events.reverse()
}

type Subject = Pick<PaymentEvent, 'subscription' | 'session' | 'payment'>

const nothing: Subject = { subscription: null, session: null, payment: null }

function eventOf(event: Stripe.Event, live: boolean): PaymentEvent {
  return {
    id: event.id,
    type: event.type,
    atMs: event.created * 1000,
    ...(event.livemode === live ? subjectOf(event) : nothing),
  }
}

function subjectOf(event: Stripe.Event): Subject {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return { ...nothing, session: event.data.object.id }
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
    case 'customer.subscription.paused':
    case 'customer.subscription.resumed':
      return { ...nothing, subscription: event.data.object.id }
    case 'invoice.paid':
    case 'invoice.payment_failed':
    case 'invoice.payment_action_required':
      return { ...nothing, subscription: subscriptionOfInvoice(event.data.object) }
    case 'charge.refunded':
    case 'charge.dispute.created':
    case 'charge.dispute.closed':
    case 'refund.updated':
    case 'refund.failed':
      return { ...nothing, payment: intentOf(event.data.object) }
    default:
      return nothing
  }
}

function subscriptionOfInvoice(invoice: Stripe.Invoice): string | null {
  const subscription = invoice.parent?.subscription_details?.subscription ?? null
  return typeof subscription === 'string' ? subscription : (subscription?.id ?? null)
}

/** What we sell is paid by payment intents; a charge without one is not ours. */
function intentOf({ payment_intent: intent }: Pick<Stripe.Charge, 'payment_intent'>): string | null {
  return typeof intent === 'string' ? intent : (intent?.id ?? null)
}
