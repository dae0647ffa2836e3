import type { Presence } from './cards.ts'
import { changeCustomer } from './customers.ts'
import { intentOf, paymentOf, settleInvoicePayment } from './invoice-payments.ts'
import { payIntent } from './payment-intents.ts'
import { type Sandbox, seconds } from './sandbox.ts'
import type { Invoice, PaymentMethod } from './stored.ts'

const daySeconds = 24 * 3600

/** How long after each failed try the next is made: four tries in two weeks. Stripe picks its times by itself. */
const retryAfterSeconds = [3 * daySeconds, 5 * daySeconds, 6 * daySeconds]

/**
 * Tries to collect what an open invoice asks for. If that fails it stays open, and the next try is set down in
 * `next_payment_attempt`, null when this was the last. What becomes of the subscription is the caller's to say.
 */
export function collectInvoice(
  sandbox: Sandbox,
  open: Invoice,
  by: {
    presence: Presence
    /** A try out of turn leaves the timetable as it is. */
    outOfTurn?: boolean
    method?: PaymentMethod | undefined
  },
): Invoice {
  const payment = paymentOf(sandbox, open.id)
  if (!payment) return paid(sandbox, open)
  const method = by.method ?? cardOf(sandbox, open)
  const intent = payIntent(sandbox, intentOf(sandbox, payment), { method, presence: by.presence })
  const inTurn = !by.outOfTurn || !open.attempted
  const attempted = {
    ...open,
    attempt_count: open.attempt_count + (inTurn ? 1 : 0),
    attempted: true,
  }
  if (intent.status === 'succeeded') {
    const invoice = paid(sandbox, attempted)
    settleInvoicePayment(sandbox, payment)
    return invoice
  }
  return failed(sandbox, attempted, { inTurn, toConfirm: intent.status === 'requires_action' })
}

/** No more tries are made by themselves; the invoice stays open. */
export function stopCollecting(sandbox: Sandbox, invoice: Invoice): void {
  sandbox.documents.save('invoice', { ...invoice, auto_advance: false, next_payment_attempt: null })
}

function paid(sandbox: Sandbox, collected: Invoice): Invoice {
  const invoice: Invoice = {
    ...collected,
    amount_paid: collected.amount_due,
    amount_remaining: 0,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...collected.status_transitions, paid_at: seconds(sandbox) },
  }
  sandbox.documents.save('invoice', invoice)
  sandbox.emit('invoice.paid', invoice)
  sandbox.emit('invoice.payment_succeeded', invoice)
  markDelinquent(sandbox, invoice, false)
  return invoice
}

function failed(
  sandbox: Sandbox,
  tried: Invoice,
  { inTurn, toConfirm }: { inTurn: boolean; toConfirm: boolean },
): Invoice {
  const wait = retryAfterSeconds[tried.attempt_count - 1]
  const next = wait === undefined ? null : seconds(sandbox) + wait
  const invoice: Invoice = {
    ...tried,
    auto_advance: true,
    next_payment_attempt: inTurn ? next : tried.next_payment_attempt,
  }
  sandbox.documents.save('invoice', invoice)
  if (toConfirm) sandbox.emit('invoice.payment_action_required', invoice)
  sandbox.emit('invoice.payment_failed', invoice)
  markDelinquent(sandbox, invoice, true)
  return invoice
}

/** The card its subscription is charged to now. */
export function cardOf(sandbox: Sandbox, { parent }: Invoice): PaymentMethod | undefined {
  const id = parent?.subscription_details?.subscription
  const subscription = id ? sandbox.documents.find('subscription', id) : undefined
  return sandbox.documents.find('payment_method', subscription?.default_payment_method ?? '')
}

function markDelinquent(sandbox: Sandbox, invoice: Invoice, delinquent: boolean): void {
  const customer = sandbox.documents.find('customer', invoice.customer ?? '')
  if (customer) changeCustomer(sandbox, customer, { delinquent })
}
