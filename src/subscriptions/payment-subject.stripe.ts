import type Stripe from 'stripe'
import { attemptLabel, readLabels } from './labels.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import type { PaymentSubject } from './payments.ts'

/** What a payment intent was for: a bill of one of our subscriptions, a gift of ours, or nothing of ours. */
export async function paymentSubject(stripe: Stripe, intent: string): Promise<PaymentSubject> {
  const subscription = await subscriptionPaidBy(stripe, intent)
  if (subscription !== null) return { subscription, session: null }
  const sessions = await orMissing(stripe.checkout.sessions.list({ payment_intent: intent, limit: 1 }))
  const session = sessions?.data[0]
  const isOurs = session?.metadata?.[attemptLabel] !== undefined
  return { subscription: null, session: isOurs ? session.id : null }
}

/** An invoice keeps the labels of its subscription. */
async function subscriptionPaidBy(stripe: Stripe, intent: string): Promise<string | null> {
  const payments = await orMissing(
    stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: intent },
      limit: 1,
      expand: ['data.invoice'],
    }),
  )
  const invoice = payments?.data[0]?.invoice
  if (typeof invoice !== 'object' || invoice.deleted) return null
  const details = invoice.parent?.subscription_details ?? null
  if (details === null || readLabels(details.metadata ?? {}) === null) return null
  return typeof details.subscription === 'string' ? details.subscription : details.subscription.id
}
