import { takeOff } from '../discounts.ts'
import { money } from '../money.ts'
import { addIntervals } from '../periods.ts'
import { mustFind, type Sandbox, seconds } from '../sandbox.ts'
import type { CheckoutTerms, Coupon, LineItem, Session } from '../stored.ts'
import { recurrenceOf } from '../subscriptions.ts'
import { taxBehaviorOf, taxPercent, withTax } from '../tax.ts'
import { day } from './dates.ts'

/** What a session sells, in the words its page shows. */
export type OrderSummary = {
  title: string
  dueToday: string
  /** What is charged after today: how much, how often, from when. */
  afterwards: string
  lines: { name: string; note: string; amount: string }[]
  /** What a coupon takes off today, if it does. */
  discount: { name: string; amount: string } | undefined
  tax: { name: string; amount: string } | undefined
  button: string
}

const daySeconds = 24 * 3600

export function summarize(sandbox: Sandbox, session: Session): OrderSummary {
  const terms = mustFind(sandbox, 'checkout_terms', session.id)
  const currency = session.currency ?? 'usd'
  const coupon = terms.coupon === null ? undefined : sandbox.documents.find('coupon', terms.coupon)
  const once = session.mode === 'payment'
  const recurring = terms.lines.filter((line) => line.price?.recurring)
  const names = (once ? terms.lines : recurring).map((line) => line.description).join(' and ')
  const trialEnd = trialEndOf(sandbox, terms)
  const total = session.amount_total ?? 0
  const off = session.total_details?.amount_discount ?? 0
  return {
    title: once ? names : trialEnd === null ? `Subscribe to ${names}` : `Try ${names}`,
    dueToday: money(total, currency),
    afterwards: once
      ? 'One payment. It does not renew.'
      : whatFollows(sandbox, { recurring, trialEnd, coupon, tax: terms.tax }),
    lines: terms.lines.map((line) => summaryLine(line, trialEnd)),
    discount:
      coupon && off > 0 ? { name: coupon.name ?? coupon.id, amount: `−${money(off, currency)}` } : undefined,
    tax: taxRow(terms, session),
    button: buttonOf({ once, total: money(total, currency), isFree: total === 0 }),
  }
}

function buttonOf({ once, total, isFree }: { once: boolean; total: string; isFree: boolean }): string {
  if (once) return isFree ? 'Get it' : `Pay ${total}`
  return isFree ? 'Subscribe' : `Pay ${total} and subscribe`
}

function taxRow({ lines, tax }: CheckoutTerms, { total_details: totals }: Session): OrderSummary['tax'] {
  if (!tax) return undefined
  const [line] = lines
  const included = taxBehaviorOf(line?.price?.tax_behavior) === 'inclusive'
  const name = included ? `Of it tax (${taxPercent}%)` : `Tax (${taxPercent}%)`
  return { name, amount: money(totals?.amount_tax ?? 0, line?.currency ?? 'usd') }
}

function trialEndOf(sandbox: Sandbox, { trialEnd, trialPeriodDays: days }: CheckoutTerms): number | null {
  return days === null ? trialEnd : seconds(sandbox) + days * daySeconds
}

function summaryLine(line: LineItem, trialEnd: number | null): OrderSummary['lines'][number] {
  const { price } = line
  const name = line.description ?? ''
  const amount = money(line.amount_subtotal, line.currency)
  const count = line.quantity === 1 ? '' : `${line.quantity} × `
  if (!price?.recurring) return { name, note: `${count}One payment`, amount }
  const rate = `${count}${money(price.unit_amount ?? 0, price.currency)} ${every(price.recurring)}`
  return { name, note: trialEnd === null ? rate : `Trial until ${day(trialEnd)}`, amount }
}

/** `$1.00 per month for 3 months, then $19.99 per month`, from the date it is first charged. */
function whatFollows(
  sandbox: Sandbox,
  given: { recurring: LineItem[]; trialEnd: number | null; coupon: Coupon | undefined; tax: boolean },
): string {
  const { recurring, trialEnd, coupon, tax } = given
  const [first] = recurring
  if (!first?.price) return ''
  const rhythm = recurrenceOf(first.price)
  const regular = regularAmount(recurring)
  const reduced = coupon ? regular - reduction(recurring, coupon) : regular
  const behavior = taxBehaviorOf(first.price.tax_behavior)
  const charged = (amount: number) => money(tax ? withTax(amount, behavior) : amount, first.currency)
  const rate = (amount: number) => `${charged(amount)} ${every(rhythm)}`
  const start = trialEnd ?? addIntervals(seconds(sandbox), rhythm, 1)
  const since = trialEnd === null ? `. Renews on ${day(start)}.` : `, from ${day(start)}.`
  const lead = trialEnd === null ? '' : 'Then '
  if (!coupon || reduced === regular) return `${lead}${rate(regular)}${since}`
  if (coupon.duration === 'forever') return `${lead}${rate(reduced)}${since}`
  const length =
    coupon.duration === 'once' ? 'once' : `for ${plural(coupon.duration_in_months ?? 1, 'month')}`
  const introduction = coupon.duration === 'once' ? charged(reduced) : rate(reduced)
  return `${lead}${introduction} ${length}, then ${rate(regular)}${since}`
}

function regularAmount(recurring: LineItem[]): number {
  return recurring.reduce((sum, { price, quantity }) => sum + (price?.unit_amount ?? 0) * (quantity ?? 1), 0)
}

function reduction(recurring: LineItem[], coupon: Coupon): number {
  const lines = recurring.map(({ price, quantity }) => ({
    amount: (price?.unit_amount ?? 0) * (quantity ?? 1),
    discountable: true,
    product: price?.product,
  }))
  const taken = takeOff(lines, [{ id: coupon.id, coupon }]).flat()
  return taken.reduce((sum, { amount }) => sum + amount, 0)
}

export function every({
  interval,
  interval_count: count,
}: {
  interval: string
  interval_count: number
}): string {
  return count === 1 ? `per ${interval}` : `every ${count} ${interval}s`
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`
}
