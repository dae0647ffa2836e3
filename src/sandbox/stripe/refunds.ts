import type Stripe from 'stripe'
import { invalid, missing } from './errors.ts'
import { newId } from './ids.ts'
import { money } from './money.ts'
import { mergeMetadata, mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { Charge, Refund } from './stored.ts'

/** Gives back a payment, or part of what is left of it. It succeeds at once. */
export function createRefund(sandbox: Sandbox, params: Stripe.RefundCreateParams): Refund {
  const charge = chargeToRefund(sandbox, params)
  const amount = params.amount ?? charge.amount_captured - charge.amount_refunded
  checkRefundable(sandbox, charge, amount)
  const refund: Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: newId('txn'),
    charge: charge.id,
    created: seconds(sandbox),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { type: 'card' },
    metadata: mergeMetadata({}, params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  }
  sandbox.documents.save('refund', refund)
  const given = charge.amount_refunded + amount
  const left: Charge = { ...charge, amount_refunded: given, refunded: given === charge.amount_captured }
  sandbox.documents.save('charge', left)
  sandbox.emit('refund.created', refund)
  sandbox.emit('charge.refunded', left, charge)
  return refund
}

export function updateRefund(sandbox: Sandbox, id: string, params: Stripe.RefundUpdateParams): Refund {
  const before = mustFind(sandbox, 'refund', id)
  const refund: Refund = { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) }
  sandbox.documents.save('refund', refund)
  sandbox.emit('refund.updated', refund, before)
  return refund
}

function chargeToRefund(
  sandbox: Sandbox,
  { charge, payment_intent: intentId }: Stripe.RefundCreateParams,
): Charge {
  if (charge !== undefined && intentId !== undefined) {
    throw invalid('You may only specify one of these parameters: charge, payment_intent.', {
      param: 'charge',
      code: 'parameters_exclusive',
    })
  }
  if (charge !== undefined) return mustFind(sandbox, 'charge', charge, 'charge')
  if (intentId === undefined) throw missing('payment_intent')
  const intent = mustFind(sandbox, 'payment_intent', intentId, 'payment_intent')
  if (intent.latest_charge === null) {
    throw invalid(`PaymentIntent ${intentId} has no charge to refund.`, { param: 'payment_intent' })
  }
  return mustFind(sandbox, 'charge', intent.latest_charge)
}

function checkRefundable(sandbox: Sandbox, charge: Charge, amount: number): void {
  const { id, currency } = charge
  const left = charge.amount_captured - charge.amount_refunded
  if (!charge.paid) throw invalid(`Charge ${id} failed: there is nothing to refund.`, { param: 'charge' })
  if (left === 0) {
    throw invalid(`Charge ${id} has already been refunded.`, { code: 'charge_already_refunded' })
  }
  if (sandbox.documents.all('dispute').some((each) => each.charge === id && !each.is_charge_refundable)) {
    throw invalid(`Charge ${id} has been charged back; a refund cannot be made.`, { code: 'charge_disputed' })
  }
  if (amount < 1) throw invalid('Invalid positive integer', { param: 'amount' })
  if (amount > left) {
    throw invalid(
      `Refund amount (${money(amount, currency)}) is greater than unrefunded amount on charge (${money(left, currency)})`,
      { param: 'amount' },
    )
  }
}
