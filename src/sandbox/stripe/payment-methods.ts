import type Stripe from 'stripe'
import { askBank, type Card, last4Of, testCards } from './cards.ts'
import { changeCustomer } from './customers.ts'
import { declinedCard, missing, noSuch } from './errors.ts'
import { newId } from './ids.ts'
import { mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { Customer, PaymentMethod } from './stored.ts'
import { changeSubscription } from './subscriptions.ts'

/** Keeps a card for a customer to be charged by. Whether the bank agrees is asked before (cards.ts). */
export function attachCard(
  sandbox: Sandbox,
  { customer, card, name }: { customer: Customer; card: Card; name: string | null },
): PaymentMethod {
  const method = saveCard(sandbox, { customer: customer.id, email: customer.email, card, name })
  sandbox.emit('payment_method.attached', method)
  return method
}

/** A card that pays once, and is nobody's to be charged again. */
export function cardForOnce(
  sandbox: Sandbox,
  given: { email: string; card: Card; name: string },
): PaymentMethod {
  return saveCard(sandbox, { customer: null, ...given })
}

/** From now on everything the customer pays for is charged to this card, what already runs too: as the portal does it. */
export function changeCard(
  sandbox: Sandbox,
  { customer: customerId, payer }: { customer: string; payer: { card: Card; name: string } },
): void {
  const before = mustFind(sandbox, 'customer', customerId)
  const method = attachCard(sandbox, { customer: before, card: payer.card, name: payer.name })
  const customer = mustFind(sandbox, 'customer', customerId)
  changeCustomer(sandbox, customer, {
    invoice_settings: { ...customer.invoice_settings, default_payment_method: method.id },
  })
  for (const subscription of sandbox.documents.all('subscription')) {
    if (subscription.customer !== customerId || subscription.ended_at !== null) continue
    changeSubscription(sandbox, subscription, { default_payment_method: method.id })
  }
}

function saveCard(
  sandbox: Sandbox,
  given: { customer: string | null; email: string | null; card: Card; name: string | null },
): PaymentMethod {
  const { customer, email, card, name } = given
  const method: PaymentMethod = {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: { address: null, email, name, phone: null, tax_id: null },
    card: {
      brand: 'visa',
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: 'visa',
      exp_month: card.expMonth,
      exp_year: card.expYear,
      fingerprint: `sandbox${card.last4}`,
      funding: 'credit',
      generated_from: null,
      last4: card.last4,
      networks: { available: ['visa'], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: seconds(sandbox),
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  }
  sandbox.documents.save('payment_method', method)
  return method
}

/** Attaches one of Stripe's test cards by its well-known id (`pm_card_visa`), or answers a card that is attached already. */
export function attachTestCard(
  sandbox: Sandbox,
  token: string,
  params: Stripe.PaymentMethodAttachParams,
): PaymentMethod {
  if (params.customer === undefined) throw missing('customer')
  const customer = mustFind(sandbox, 'customer', params.customer, 'customer')
  const known = sandbox.documents.find('payment_method', token)
  if (known?.customer === customer.id) return known
  const testCard = testCards.find((card) => card.token === token)
  if (!testCard) throw noSuch('PaymentMethod', token)
  const verdict = askBank(last4Of(testCard), { amount: 0, presence: 'on_session' })
  if (verdict.kind === 'declined') throw declinedCard(verdict.decline, undefined)
  const card: Card = { last4: last4Of(testCard), expMonth: 12, expYear: 2034 }
  return attachCard(sandbox, { customer, card, name: customer.name ?? null })
}
