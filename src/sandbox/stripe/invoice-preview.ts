import type Stripe from 'stripe'
import { inNextPeriod, regularLines } from './billing.ts'
import { invalid, missing } from './errors.ts'
import { pendingItems } from './invoice-items.ts'
import { itemLine } from './invoice-lines.ts'
import { composeInvoice, dueOf } from './invoices.ts'
import { mustFind, type Sandbox } from './sandbox.ts'
import type { Invoice } from './stored.ts'
import { currentPeriod } from './subscriptions.ts'

/** What a subscription's next bill will come to if nothing changes before: made out as of the day it falls due. */
export function previewInvoice(sandbox: Sandbox, params: Stripe.InvoiceCreatePreviewParams): Invoice {
  if (params.subscription === undefined) throw missing('subscription')
  const before = mustFind(sandbox, 'subscription', params.subscription, 'subscription')
  const period = currentPeriod(before)
  const endsBefore = before.cancel_at !== null && before.cancel_at <= period.end
  if (before.ended_at !== null || endsBefore) {
    throw invalid('No upcoming invoices for customer', { code: 'invoice_upcoming_none' })
  }
  const customer = mustFind(sandbox, 'customer', before.customer)
  const subscription = inNextPeriod(before)
  return sandbox.clock.at(period.end * 1000, () => {
    const invoice = composeInvoice(sandbox, {
      subscription,
      reason: 'upcoming',
      period,
      lines: [
        ...regularLines(sandbox, subscription),
        ...pendingItems(sandbox, subscription).map((item) => itemLine(sandbox, subscription, item)),
      ],
    })
    const { owed, due } = dueOf(invoice, customer)
    return {
      ...invoice,
      id: `upcoming_${invoice.id}`,
      amount_due: due,
      amount_remaining: due,
      ending_balance: owed - due,
      starting_balance: customer.balance,
    }
  })
}
