import { newId } from './ids.ts'
import { openIntent } from './payment-intents.ts'
import { mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { Invoice, InvoicePayment, PaymentIntent } from './stored.ts'

/** The one payment of an invoice that has been made final, by an intent of its own for what is due. */
export function openInvoicePayment(sandbox: Sandbox, invoice: Invoice): InvoicePayment {
  const intent = openIntent(sandbox, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    description: `Invoice ${invoice.number ?? invoice.id}`,
    metadata: {},
  })
  const payment: InvoicePayment = {
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: seconds(sandbox),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: intent.id },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }
  sandbox.documents.save('invoice_payment', payment)
  return payment
}

export function settleInvoicePayment(sandbox: Sandbox, open: InvoicePayment): void {
  const payment: InvoicePayment = {
    ...open,
    amount_paid: open.amount_requested,
    status: 'paid',
    status_transitions: { ...open.status_transitions, paid_at: seconds(sandbox) },
  }
  sandbox.documents.save('invoice_payment', payment)
  sandbox.emit('invoice_payment.paid', payment)
}

/** None for an invoice with nothing due. */
export function paymentOf(sandbox: Sandbox, invoice: string): InvoicePayment | undefined {
  return sandbox.documents.all('invoice_payment').find((payment) => payment.invoice === invoice)
}

export function intentOf(sandbox: Sandbox, payment: InvoicePayment): PaymentIntent {
  return mustFind(sandbox, 'payment_intent', payment.payment.payment_intent ?? '')
}
