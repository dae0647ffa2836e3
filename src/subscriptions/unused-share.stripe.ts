import type Stripe from 'stripe'

type Span = { start: number; end: number }

/**
 * How much of a bill, from 0 to 1, was for time after `endedAt` (epoch seconds). A line for an introductory period is
 * for the trial it began; any other line without a length, such as an introductory amount that had waited for the
 * bill, is for time that is over.
 */
export function unusedShare(given: {
  invoice: Pick<Stripe.Invoice, 'billing_reason' | 'lines'>
  subscription: Pick<Stripe.Subscription, 'trial_start' | 'trial_end'>
  endedAt: number
}): number {
  const { invoice, subscription, endedAt } = given
  const trial = invoice.billing_reason === 'subscription_create' ? trialOf(subscription) : null
  let all = 0
  let unused = 0
  for (const line of invoice.lines.data) {
    const amount = paidFor(line)
    all += amount
    unused += amount * shareAfter(endedAt, isTime(line.period) ? line.period : trial)
  }
  return all > 0 ? unused / all : 0
}

function trialOf({
  trial_start: start,
  trial_end: end,
}: Pick<Stripe.Subscription, 'trial_start' | 'trial_end'>): Span | null {
  return start === null || end === null ? null : { start, end }
}

function paidFor({ amount, discount_amounts: discounts }: Stripe.InvoiceLineItem): number {
  return amount - (discounts ?? []).reduce((sum, discount) => sum + discount.amount, 0)
}

function isTime({ start, end }: Span): boolean {
  return end > start
}

function shareAfter(instant: number, span: Span | null): number {
  if (span === null) return 0
  return Math.min(1, Math.max(0, (span.end - instant) / (span.end - span.start)))
}
