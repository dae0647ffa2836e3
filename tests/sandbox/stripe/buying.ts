import type Stripe from 'stripe'
import type { Running } from './sandbox-under-test.ts'

/** When five months from the start of these tests are over, in epoch seconds. */
export const trialEnd = Date.UTC(2027, 3, 24, 12) / 1000

/** The plan behind the offers of these tests: $19.99 every 4 weeks. */
export function createPlan({ stripe }: Running): Promise<Stripe.Price> {
  return stripe.prices.create({
    currency: 'usd',
    unit_amount: 1999,
    recurring: { interval: 'week', interval_count: 4 },
    product_data: { name: 'Unlimited Digital Access' },
    lookup_key: 'digital-4-weeks',
  })
}

export function openSession(
  { stripe }: Running,
  price: string,
  more: Stripe.Checkout.SessionCreateParams = {},
): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price, quantity: 1 }],
    success_url: 'http://localhost:3000/back?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost:3000/article',
    ...more,
  })
}

export const goodForm = {
  email: 'reader@example.com',
  number: '4242 4242 4242 4242',
  expiry: '12 / 34',
  cvc: '123',
  name: 'Ada Reader',
}

/** Sends the form of a session's page, as a browser does. */
export function pay(
  session: { url: string | null },
  form: Record<string, string> = goodForm,
): Promise<Response> {
  return fetch(String(session.url), { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
}

/** Buys at once and tells what came of it. */
export async function buy(
  running: Running,
  price: string,
  more: Stripe.Checkout.SessionCreateParams = {},
): Promise<{ session: Stripe.Checkout.Session; subscription: Stripe.Subscription; customer: string }> {
  const open = await openSession(running, price, more)
  await pay(open)
  await running.sandbox.settled()
  const session = await running.stripe.checkout.sessions.retrieve(open.id, { expand: ['subscription'] })
  const { subscription } = session
  if (typeof subscription !== 'object' || subscription === null) throw new Error('Nothing was bought')
  return { session, subscription, customer: String(session.customer) }
}

/** From now on a subscription is charged to another of Stripe's test cards (`pm_card_visa`). */
export async function changeCard(
  { stripe }: Running,
  { subscription, customer }: { subscription: { id: string }; customer: string },
  token: string,
): Promise<void> {
  const method = await stripe.paymentMethods.attach(token, { customer })
  await stripe.subscriptions.update(subscription.id, { default_payment_method: method.id })
}

/** The latest payment for a subscription: its intent with the charge inside. */
export async function latestPayment({ stripe }: Running, subscription: string) {
  const { latest_invoice: invoice } = await stripe.subscriptions.retrieve(subscription)
  const payments = await stripe.invoicePayments.list({ invoice: String(invoice) })
  const intent = await stripe.paymentIntents.retrieve(String(payments.data[0]?.payment.payment_intent), {
    expand: ['latest_charge'],
  })
  const charge = intent.latest_charge
  if (typeof charge !== 'object' || charge === null) throw new Error('Nothing was charged')
  return { intent, charge, payment: payments.data[0] }
}
