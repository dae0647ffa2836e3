import type { Decline } from './cards.ts'
import { newId } from './ids.ts'
import { type Sandbox, seconds } from './sandbox.ts'
import type { Charge, PaymentIntent, PaymentMethod } from './stored.ts'

/** One try to take an amount from a card, saved and told of: it went well, or the bank declined. */
export function recordCharge(
  sandbox: Sandbox,
  given: { intent: PaymentIntent; method: PaymentMethod; decline: Decline | undefined },
): Charge {
  const { intent, method, decline } = given
  const paid = decline === undefined
  const charge: Charge = {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: paid ? newId('txn') : null,
    billing_details: { ...method.billing_details, tax_id: null },
    calculated_statement_descriptor: 'PAYMENT SANDBOX',
    captured: paid,
    created: seconds(sandbox),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: paid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  }
  sandbox.documents.save('charge', charge)
  sandbox.emit(paid ? 'charge.succeeded' : 'charge.failed', charge)
  return charge
}

function outcomeOf(decline: Decline | undefined): Charge['outcome'] {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: decline ? 'declined_by_network' : 'approved_by_network',
    reason: decline?.declineCode ?? null,
    risk_level: 'normal',
    risk_score: 5,
    seller_message: decline ? 'The bank did not approve the payment.' : 'Payment complete.',
    type: decline ? 'issuer_declined' : 'authorized',
  }
}
