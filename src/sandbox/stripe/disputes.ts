import type Stripe from 'stripe'
import { invalid } from './errors.ts'
import { newId } from './ids.ts'
import { mergeMetadata, mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { Charge, Dispute } from './stored.ts'

/** How long the account has to answer; after that the dispute is lost. Stripe names a date of its own for each. */
const answerWithinSeconds = 9 * 24 * 3600

/** The card's owner takes a payment back through their bank: what is left of it is gone from the account for now. */
export function openDispute(sandbox: Sandbox, chargeId: string): Dispute {
  const charge = mustFind(sandbox, 'charge', chargeId)
  const left = charge.amount_captured - charge.amount_refunded
  if (charge.disputed || left === 0) throw invalid(`Charge ${chargeId} cannot be disputed.`)
  sandbox.documents.save('charge', { ...charge, disputed: true })
  const id = newId('du')
  const dispute: Dispute = {
    id,
    object: 'dispute',
    amount: left,
    balance_transactions: [movement(sandbox, { dispute: id, charge, amount: -left })],
    charge: charge.id,
    created: seconds(sandbox),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: blankEvidence,
    evidence_details: {
      due_by: seconds(sandbox) + answerWithinSeconds,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: 'manual',
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: '10.4' },
      type: 'card',
    },
    reason: 'fraudulent',
    status: 'needs_response',
  }
  sandbox.documents.save('dispute', dispute)
  sandbox.emit('charge.dispute.created', dispute)
  sandbox.emit('charge.dispute.funds_withdrawn', dispute)
  return dispute
}

/** The bank has decided, or the account gave in. Won, the money comes back. */
export function closeDispute(sandbox: Sandbox, id: string, status: 'won' | 'lost'): Dispute {
  const before = mustFind(sandbox, 'dispute', id)
  checkOpen(before)
  const charge = mustFind(sandbox, 'charge', before.charge)
  const back = status === 'won' ? [movement(sandbox, { dispute: id, charge, amount: before.amount })] : []
  const dispute: Dispute = {
    ...before,
    balance_transactions: [...before.balance_transactions, ...back],
    is_charge_refundable: status === 'won',
    status,
  }
  sandbox.documents.save('dispute', dispute)
  if (status === 'won') sandbox.emit('charge.dispute.funds_reinstated', dispute)
  sandbox.emit('charge.dispute.closed', dispute)
  return dispute
}

/** Answers a dispute. Two texts decide it, as in Stripe's test mode; any other leaves it under review. */
export function updateDispute(sandbox: Sandbox, id: string, params: Stripe.DisputeUpdateParams): Dispute {
  const before = mustFind(sandbox, 'dispute', id)
  const text = params.evidence?.uncategorized_text
  if (text !== undefined || params.submit !== undefined) checkOpen(before)
  const submitted = text !== undefined && params.submit !== false
  const dispute: Dispute = {
    ...before,
    evidence: { ...before.evidence, uncategorized_text: text ?? before.evidence.uncategorized_text },
    evidence_details: {
      ...before.evidence_details,
      has_evidence: before.evidence_details.has_evidence || Boolean(text),
      submission_count: before.evidence_details.submission_count + (submitted ? 1 : 0),
      submission_method: submitted ? 'manual' : before.evidence_details.submission_method,
    },
    metadata: mergeMetadata(before.metadata, params.metadata),
    status: submitted ? 'under_review' : before.status,
  }
  sandbox.documents.save('dispute', dispute)
  sandbox.emit('charge.dispute.updated', dispute, before)
  if (submitted && text === 'winning_evidence') return closeDispute(sandbox, id, 'won')
  if (submitted && text === 'losing_evidence') return closeDispute(sandbox, id, 'lost')
  return dispute
}

function checkOpen({ id, status }: Dispute): void {
  if (status === 'won' || status === 'lost') throw invalid(`Dispute ${id} is closed: it was ${status}.`)
}

type Movement = Dispute['balance_transactions'][number]

function movement(
  sandbox: Sandbox,
  { dispute, charge, amount }: { dispute: string; charge: Charge; amount: number },
): Movement {
  return {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: seconds(sandbox),
    balance_type: 'payments',
    created: seconds(sandbox),
    currency: charge.currency,
    description: `Chargeback ${amount < 0 ? 'withdrawal' : 'reversal'} for ${charge.id}`,
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: amount,
    reporting_category: amount < 0 ? 'dispute' : 'dispute_reversal',
    source: dispute,
    status: 'available',
    type: 'adjustment',
  }
}

const blankEvidence: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}
