import { addInvoiceItem } from './invoice-items.ts'
import { type Sandbox, seconds } from './sandbox.ts'
import type { InvoiceLine, Subscription } from './stored.ts'

/**
 * Credits what has been paid for time that will not be used: an item of a negative amount, pending until an invoice
 * takes it to the customer's balance. It is reckoned to the second, what discounts took off left out.
 */
export function creditUnused(sandbox: Sandbox, subscription: Subscription): void {
  const now = seconds(sandbox)
  for (const line of paidLines(sandbox, subscription)) {
    const { start, end } = line.period
    if (start > now || end <= now) continue
    const off = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)
    const unused = Math.round(((line.amount - off) * (end - now)) / (end - start))
    if (unused === 0) continue
    addInvoiceItem(sandbox, {
      amount: -unused,
      currency: line.currency,
      customer: subscription.customer,
      description: `Unused time on ${line.description}`,
      discountable: false,
      metadata: {},
      period: { start: now, end },
      pricing: line.pricing,
      proration: true,
      quantity: line.quantity ?? 1,
      subscription: subscription.id,
    })
  }
}

/** What of the regular price has been paid: one-time lines and unpaid invoices are no time that could be given back. */
function paidLines(sandbox: Sandbox, { id }: Subscription): InvoiceLine[] {
  return sandbox.documents
    .all('invoice')
    .filter(({ parent, status }) => status === 'paid' && parent?.subscription_details?.subscription === id)
    .flatMap(({ lines }) => lines.data)
    .filter(({ parent }) => parent?.type === 'subscription_item_details')
}
