import { billFirst } from './billing.ts'
import { changeCustomer, createCustomer } from './customers.ts'
import { countRedemption, redeemCoupon } from './discounts.ts'
import { addInvoiceItem, priceDetails } from './invoice-items.ts'
import { openIntent, payIntent } from './payment-intents.ts'
import { attachCard, cardForOnce } from './payment-methods.ts'
import { mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { CheckoutTerms, Customer, Payer, PaymentMethod, Session, Subscription } from './stored.ts'
import { startSubscription } from './subscriptions.ts'

const daySeconds = 24 * 3600

/**
 * Pays on an open session with a card the bank has agreed to: what was bought comes to be, and the session is complete.
 */
export function paySession(sandbox: Sandbox, open: Session, payer: Payer): Session {
  const terms = mustFind(sandbox, 'checkout_terms', open.id)
  const bought =
    open.mode === 'payment'
      ? buyOnce(sandbox, { open, terms, payer })
      : buySubscription(sandbox, { open, terms, payer })
  const session: Session = {
    ...open,
    ...bought,
    customer_details: {
      address: null,
      business_name: null,
      email: payer.email,
      individual_name: null,
      name: payer.name,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    },
    payment_status: open.amount_total === 0 ? 'no_payment_required' : 'paid',
    status: 'complete',
    url: null,
  }
  sandbox.documents.save('session', session)
  sandbox.emit('checkout.session.completed', session)
  return session
}

type Purchase = { open: Session; terms: CheckoutTerms; payer: Payer }

/** A single payment by an intent of its own; the card is not kept. */
function buyOnce(sandbox: Sandbox, { open, terms, payer }: Purchase): Partial<Session> {
  const known = open.customer === null ? undefined : sandbox.documents.find('customer', open.customer)
  if (known) changeCustomer(sandbox, known, { email: known.email ?? payer.email })
  const coupon = terms.coupon === null ? undefined : sandbox.documents.find('coupon', terms.coupon)
  if (coupon) countRedemption(sandbox, coupon, terms.promotion)
  const { amount_total: amount, currency, customer } = open
  if (!amount) return {}
  const { description, metadata } = terms
  const opened = openIntent(sandbox, {
    amount,
    currency: currency ?? 'usd',
    customer,
    description,
    metadata,
  })
  const method = cardForOnce(sandbox, payer)
  const intent = payIntent(sandbox, opened, { method, presence: 'confirmed' })
  return { payment_intent: intent.id }
}

/** Customer, subscription and first invoice. */
function buySubscription(sandbox: Sandbox, { open, terms, payer }: Purchase): Partial<Session> {
  const customer = payingCustomer(sandbox, open, payer)
  const method = attachCard(sandbox, { customer, card: payer.card, name: payer.name })
  const subscription = subscribe(sandbox, { open, terms, customer, method })
  return { customer: customer.id, invoice: subscription.latest_invoice, subscription: subscription.id }
}

function payingCustomer(sandbox: Sandbox, open: Session, payer: Payer): Customer {
  const customer = open.customer === null ? undefined : sandbox.documents.find('customer', open.customer)
  if (!customer) return createCustomer(sandbox, { email: payer.email, name: payer.name })
  return changeCustomer(sandbox, customer, { email: customer.email ?? payer.email })
}

function subscribe(
  sandbox: Sandbox,
  given: { open: Session; terms: CheckoutTerms; customer: Customer; method: PaymentMethod },
): Subscription {
  const { open, terms, customer, method } = given
  const bought = terms.lines.flatMap(({ price, quantity }) =>
    price ? [{ price, quantity: quantity ?? 1 }] : [],
  )
  const started = startSubscription(sandbox, {
    customer: customer.id,
    items: bought.filter(({ price }) => price.recurring),
    description: terms.description,
    metadata: terms.metadata,
    paymentMethod: method.id,
    trialEnd: trialEnd(sandbox, terms),
    trialEndBehavior: terms.trialEndBehavior,
    tax: terms.tax,
  })
  const coupon = terms.coupon && sandbox.documents.find('coupon', terms.coupon)
  const ids = { customer: customer.id, subscription: started.id }
  const by = { ...ids, session: open.id, promotion: terms.promotion }
  const discounts = coupon ? [redeemCoupon(sandbox, { coupon, ...by }).id] : []
  sandbox.documents.save('subscription', { ...started, discounts })
  for (const { price, quantity } of bought.filter(({ price }) => !price.recurring)) {
    const now = seconds(sandbox)
    addInvoiceItem(sandbox, {
      amount: (price.unit_amount ?? 0) * quantity,
      currency: price.currency,
      description: mustFind(sandbox, 'product', price.product).name,
      discountable: true,
      metadata: {},
      period: { start: now, end: now },
      pricing: priceDetails(price),
      quantity,
      ...ids,
    })
  }
  const subscription = billFirst(sandbox, { ...started, discounts })
  sandbox.emit('customer.subscription.created', subscription)
  return subscription
}

function trialEnd(sandbox: Sandbox, { trialEnd: end, trialPeriodDays: days }: CheckoutTerms): number | null {
  return days === null ? end : seconds(sandbox) + days * daySeconds
}
