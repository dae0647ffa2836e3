import { askBank, type Decline, type Presence } from './cards.ts'
import { recordCharge } from './charges.ts'
import { newId } from './ids.ts'
import { type Sandbox, seconds } from './sandbox.ts'
import type { PaymentIntent, PaymentMethod } from './stored.ts'

/** An amount that is to be paid; no card has been tried yet. */
export function openIntent(
  sandbox: Sandbox,
  given: Pick<PaymentIntent, 'amount' | 'currency' | 'customer' | 'description' | 'metadata'>,
): PaymentIntent {
  const id = newId('pi')
  const intent: PaymentIntent = {
    ...blankIntent,
    ...given,
    id,
    client_secret: newId(`${id}_secret`),
    created: seconds(sandbox),
  }
  sandbox.documents.save('payment_intent', intent)
  sandbox.emit('payment_intent.created', intent)
  return intent
}

/**
 * Tries a card. The status tells what came of it: `succeeded`, `requires_action` (the bank wants the owner to confirm
 * first) or `requires_payment_method` (declined, or there is no card).
 */
export function payIntent(
  sandbox: Sandbox,
  intent: PaymentIntent,
  { method, presence }: { method: PaymentMethod | undefined; presence: Presence },
): PaymentIntent {
  if (!method) return declined(sandbox, intent, { method, decline: noCard })
  const verdict = askBank(method.card?.last4 ?? '', { amount: intent.amount, presence })
  if (verdict.kind === 'declined') return declined(sandbox, intent, { method, decline: verdict.decline })
  if (verdict.kind === 'challenge') {
    return told(sandbox, 'payment_intent.requires_action', {
      ...intent,
      last_payment_error: null,
      next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} },
      payment_method: method.id,
      status: 'requires_action',
    })
  }
  const charge = recordCharge(sandbox, { intent, method, decline: undefined })
  if (verdict.disputed) sandbox.documents.save('coming_dispute', { id: charge.id, at: sandbox.clock.now() })
  return told(sandbox, 'payment_intent.succeeded', {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  })
}

function declined(
  sandbox: Sandbox,
  intent: PaymentIntent,
  { method, decline }: { method: PaymentMethod | undefined; decline: Decline },
): PaymentIntent {
  const charge = method && recordCharge(sandbox, { intent, method, decline })
  return told(sandbox, 'payment_intent.payment_failed', {
    ...intent,
    last_payment_error: {
      ...(charge && { charge: charge.id }),
      code: decline.code,
      decline_code: decline.declineCode,
      message: decline.message,
      ...(method && { payment_method: method }),
      type: 'card_error',
    },
    latest_charge: charge?.id ?? intent.latest_charge,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  })
}

function told(
  sandbox: Sandbox,
  type: 'payment_intent.succeeded' | 'payment_intent.requires_action' | 'payment_intent.payment_failed',
  intent: PaymentIntent,
): PaymentIntent {
  sandbox.documents.save('payment_intent', intent)
  sandbox.emit(type, intent)
  return intent
}

const noCard: Decline = {
  code: 'missing',
  declineCode: 'generic_decline',
  message: 'This customer has no card to charge.',
}

const blankIntent: PaymentIntent = {
  id: '',
  object: 'payment_intent',
  allowed_payment_method_types: null,
  amount: 0,
  amount_capturable: 0,
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: 'automatic',
  client_secret: null,
  confirmation_method: 'automatic',
  created: 0,
  currency: 'usd',
  customer: null,
  customer_account: null,
  description: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  managed_payments: null,
  metadata: {},
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  payment_method_options: null,
  payment_method_types: ['card'],
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: 'requires_payment_method',
  transfer_group: null,
}
