import type Stripe from 'stripe'
import { end } from './billing.ts'
import type { Presence } from './cards.ts'
import { declinedCard, invalid, noSuch, type Refusal } from './errors.ts'
import { collectInvoice } from './invoice-collection.ts'
import { intentOf, paymentOf } from './invoice-payments.ts'
import { finalizeInvoice } from './invoices.ts'
import { mustFind, type Sandbox } from './sandbox.ts'
import type { Invoice, PaymentIntent, PaymentMethod } from './stored.ts'
import { changeSubscription } from './subscriptions.ts'

/** The next try at an open invoice is due; the card is whichever is the customer's now. */
export function retryInvoice(sandbox: Sandbox, id: string): void {
  const invoice = collectInvoice(sandbox, mustFind(sandbox, 'invoice', id), { presence: 'off_session' })
  settleSubscription(sandbox, invoice)
}

/** Pays an invoice out of turn, as `POST /v1/invoices/:id/pay` does. A bank's no is an answer that keeps its traces. */
export function payInvoice(sandbox: Sandbox, id: string, params: Stripe.InvoicePayParams): Invoice | Refusal {
  const method =
    params.payment_method === undefined
      ? undefined
      : mustFind(sandbox, 'payment_method', params.payment_method, 'payment_method')
  const before = mustFind(sandbox, 'invoice', id)
  if (method && method.customer !== before.customer) {
    throw noSuch('payment_method', method.id, 'payment_method')
  }
  const invoice = payOutOfTurn(sandbox, before, {
    method,
    presence: params.off_session ? 'off_session' : 'on_session',
  })
  return invoice.status === 'paid' ? invoice : refusalOf(lastIntent(sandbox, invoice))
}

/** Tries to pay an invoice now. It answers the invoice as it is then: paid, or still open. */
export function payOutOfTurn(
  sandbox: Sandbox,
  before: Invoice,
  by: { method?: PaymentMethod | undefined; presence: Presence },
): Invoice {
  if (before.status === 'paid') throw invalid('Invoice is already paid')
  if (before.status !== 'open' && before.status !== 'draft') {
    throw invalid(`An invoice that is ${before.status} cannot be paid.`)
  }
  const open = before.status === 'draft' ? finalizeInvoice(sandbox, before) : before
  const invoice = collectInvoice(sandbox, open, { ...by, outOfTurn: true })
  settleSubscription(sandbox, invoice)
  return mustFind(sandbox, 'invoice', invoice.id)
}

/** A subscription lives again once its latest invoice is paid; it has failed when the last try has. */
function settleSubscription(sandbox: Sandbox, invoice: Invoice): void {
  const id = invoice.parent?.subscription_details?.subscription
  const subscription = id ? sandbox.documents.find('subscription', id) : undefined
  if (!subscription || subscription.ended_at !== null) return
  const late = ['past_due', 'unpaid'].includes(subscription.status)
  if (invoice.status === 'paid') {
    if (late && subscription.latest_invoice === invoice.id) {
      changeSubscription(sandbox, subscription, { status: 'active' })
    }
  } else if (invoice.next_payment_attempt === null) {
    if (sandbox.afterLastTry === 'unpaid') changeSubscription(sandbox, subscription, { status: 'unpaid' })
    else end(sandbox, subscription, { invoiceNow: false, reason: 'payment_failed' })
  }
}

function lastIntent(sandbox: Sandbox, { id }: Invoice): PaymentIntent {
  const payment = paymentOf(sandbox, id)
  if (!payment) throw new Error(`Invoice ${id} is open with nothing due`)
  return intentOf(sandbox, payment)
}

function refusalOf(intent: PaymentIntent): Refusal {
  if (intent.status === 'requires_action') {
    return invalid('The bank wants the owner of the card to confirm this payment first.', {
      code: 'invoice_payment_intent_requires_action',
    })
  }
  const {
    code = 'card_declined',
    decline_code: declineCode = 'generic_decline',
    message = '',
  } = intent.last_payment_error ?? {}
  return declinedCard({ code, declineCode, message }, intent.last_payment_error?.charge)
}
