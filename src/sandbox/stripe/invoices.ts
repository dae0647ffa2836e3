import { blankInvoice } from './blank-invoice.ts'
import type { Presence } from './cards.ts'
import { changeCustomer } from './customers.ts'
import { discountTerms, endDiscount, takeOff } from './discounts.ts'
import { newId } from './ids.ts'
import { collectInvoice } from './invoice-collection.ts'
import { openInvoicePayment } from './invoice-payments.ts'
import { minimumCharge } from './minimum-charges.ts'
import { mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { Customer, Invoice, InvoiceLine, Subscription } from './stored.ts'
import { type TaxBehavior, taxOn } from './tax.ts'

export type NewLine = Pick<
  InvoiceLine,
  | 'amount'
  | 'currency'
  | 'description'
  | 'discountable'
  | 'metadata'
  | 'parent'
  | 'period'
  | 'pricing'
  | 'quantity'
> & { taxBehavior: TaxBehavior }
type Bill = {
  subscription: Subscription
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update' | 'upcoming'
  lines: NewLine[]
  /** When what is not on a subscription's regular line was used: the period before this invoice (epoch seconds). */
  period: { start: number; end: number }
}

/**
 * Bills a subscription: drafts the invoice, makes it final and collects it. Stripe leaves a renewal a draft for about an
 * hour before it goes on; here the three steps follow at once. The invoices of an unpaid subscription stay drafts.
 */
export function billInvoice(sandbox: Sandbox, bill: Bill & { presence: Presence }): Invoice {
  const draft = draftInvoice(sandbox, bill)
  if (bill.subscription.status === 'unpaid') return draft
  return collectInvoice(sandbox, finalizeInvoice(sandbox, draft), { presence: bill.presence })
}

function draftInvoice(sandbox: Sandbox, bill: Bill): Invoice {
  const draft = composeInvoice(sandbox, bill)
  sandbox.documents.save('invoice', draft)
  sandbox.emit('invoice.created', draft)
  // A coupon for one invoice is used up by the first that it took something off.
  for (const { id, coupon } of discountTerms(sandbox, bill.subscription.discounts)) {
    const used = draft.total_discount_amounts?.some(({ discount, amount }) => discount === id && amount > 0)
    if (coupon.duration === 'once' && used) endDiscount(sandbox, id)
  }
  return draft
}

/** What a bill comes to by what holds now; nothing is kept of it. */
export function composeInvoice(sandbox: Sandbox, bill: Bill): Invoice {
  const { subscription } = bill
  const id = newId('in')
  const terms = discountTerms(sandbox, subscription.discounts)
  const taken = takeOff(
    bill.lines.map(({ amount, discountable, pricing }) => ({
      amount,
      discountable,
      product: pricing?.price_details?.product,
    })),
    terms,
  )
  const taxed = subscription.automatic_tax.enabled
  const lines = bill.lines.map((line, at) =>
    invoiceLine(id, line, { subscription, discounts: taken[at] ?? [], taxed }),
  )
  const taxes = lines.flatMap((line) => line.taxes ?? [])
  const added = taxes.filter(({ tax_behavior: behavior }) => behavior === 'exclusive')
  const discounts = terms.map(({ id: discount }) => ({
    discount,
    amount: sum(taken.flat().filter((part) => part.discount === discount)),
  }))
  const total = sum(lines) - sum(discounts) + sum(added)
  const invoice = blankInvoice(sandbox, { id, subscription, lines, total })
  return {
    ...invoice,
    automatic_tax: taxed ? { ...invoice.automatic_tax, ...taxDone } : invoice.automatic_tax,
    billing_reason: bill.reason,
    discounts: terms.map((each) => each.id),
    period_end: bill.period.end,
    period_start: bill.period.start,
    subtotal: sum(lines),
    subtotal_excluding_tax: sum(lines) - sum(taxes) + sum(added),
    total_discount_amounts: discounts,
    total_excluding_tax: total - sum(taxes),
    total_taxes: taxes,
  }
}

const taxDone = {
  enabled: true,
  liability: { type: 'self' },
  provider: 'stripe',
  status: 'complete',
} as const

/** Settles it with the customer's balance. What is left below the minimum charge stays on the balance as a debt. */
export function finalizeInvoice(sandbox: Sandbox, draft: Invoice): Invoice {
  const customer = mustFind(sandbox, 'customer', draft.customer ?? '')
  const { owed, due } = dueOf(draft, customer)
  const sequence = customer.next_invoice_sequence ?? 1
  const invoice: Invoice = {
    ...draft,
    amount_due: due,
    amount_remaining: due,
    effective_at: seconds(sandbox),
    ending_balance: owed - due,
    number: `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`,
    starting_balance: customer.balance,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: seconds(sandbox) },
  }
  sandbox.documents.save('invoice', invoice)
  sandbox.emit('invoice.finalized', invoice)
  const currency = draft.currency
  changeCustomer(sandbox, customer, { balance: owed - due, currency, next_invoice_sequence: sequence + 1 })
  if (due > 0) openInvoicePayment(sandbox, invoice)
  return invoice
}

/** `owed` with what is on the balance, `due` of it now. */
export function dueOf({ total, currency }: Invoice, { balance }: Customer): { owed: number; due: number } {
  const owed = total + balance
  return { owed, due: owed < minimumCharge(currency) ? 0 : owed }
}

function invoiceLine(
  invoice: string,
  { taxBehavior, ...line }: NewLine,
  of: { subscription: Subscription; discounts: { discount: string; amount: number }[]; taxed: boolean },
): InvoiceLine {
  return {
    id: newId('il'),
    object: 'line_item',
    ...line,
    discount_amounts: of.discounts,
    discounts: [],
    invoice,
    livemode: false,
    pretax_credit_amounts: [],
    quantity_decimal: line.quantity === null ? null : String(line.quantity),
    subscription: of.subscription.id,
    subtotal: line.amount,
    taxes: of.taxed ? lineTaxes(line.amount - sum(of.discounts), taxBehavior) : [],
  }
}

function lineTaxes(taxable: number, behavior: TaxBehavior): NonNullable<InvoiceLine['taxes']> {
  const amount = taxOn(taxable, behavior)
  if (amount === 0) return []
  return [
    {
      amount,
      tax_behavior: behavior,
      tax_rate_details: { tax_rate: 'txr_sandbox' },
      taxability_reason: 'standard_rated',
      taxable_amount: behavior === 'exclusive' ? taxable : taxable - amount,
      type: 'tax_rate_details',
    },
  ]
}

function sum(parts: { amount: number }[]): number {
  return parts.reduce((total, { amount }) => total + amount, 0)
}
