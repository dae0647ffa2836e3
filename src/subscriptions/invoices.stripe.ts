import type Stripe from 'stripe'
import { z } from 'zod'
import { moneySchema } from '../offers/money.ts'
import { orMissing } from './or-missing.stripe.ts'
import type { Invoice } from './payments.ts'

/** Two years of monthly bills. */
const mostInvoices = 24

/** The latest bills of a subscription, the newest first. */
export async function invoicesOf(stripe: Stripe, subscription: string): Promise<Invoice[]> {
  const listed = await orMissing(stripe.invoices.list({ subscription, limit: mostInvoices }))
  return (listed?.data ?? []).map(invoiceOf)
}

const statusSchema = z.enum(['paid', 'open', 'void', 'uncollectible', 'draft'])

function invoiceOf(invoice: Stripe.Invoice): Invoice {
  const { created, currency, number, status, status_transitions: at, total } = invoice
  return {
    number,
    atMs: (at.finalized_at ?? created) * 1000,
    // Below nothing it is a credit towards the next one.
    total: moneySchema.parse({ amount: Math.max(0, total), currency: currency.toUpperCase() }),
    status: statusSchema.parse(status ?? 'draft'),
    url: invoice.hosted_invoice_url ?? null,
  }
}
