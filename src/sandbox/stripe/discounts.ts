import { newId } from './ids.ts'
import { addIntervals } from './periods.ts'
import { type Sandbox, seconds } from './sandbox.ts'
import type { Coupon, Discount } from './stored.ts'

export type DiscountTerms = { id: string; coupon: Coupon }
export type DiscountableLine = { amount: number; discountable: boolean; product: string | undefined }

/** What each discount takes off each line: one list a line, in the order of the discounts, none of it below zero. */
export function takeOff(
  lines: DiscountableLine[],
  discounts: DiscountTerms[],
): { discount: string; amount: number }[][] {
  const left = lines.map((line) => line.amount)
  const taken: { discount: string; amount: number }[][] = lines.map(() => [])
  for (const { id, coupon } of discounts) {
    const eligible = lines.map((line, at) => (appliesTo(coupon, line) ? (left[at] ?? 0) : 0))
    for (const [at, amount] of shares(coupon, eligible).entries()) {
      left[at] = (left[at] ?? 0) - amount
      taken[at]?.push({ discount: id, amount })
    }
  }
  return taken
}

/** Gives a subscription the discount of a coupon, from now on for as long as the coupon says. */
export function redeemCoupon(
  sandbox: Sandbox,
  options: {
    coupon: Coupon
    customer: string
    subscription: string
    session: string | null
    promotion?: string | null
  },
): Discount {
  const { coupon, promotion = null } = options
  const start = seconds(sandbox)
  countRedemption(sandbox, coupon, promotion)
  const months = { interval: 'month', interval_count: 1 }
  const discount: Discount = {
    id: newId('di'),
    object: 'discount',
    checkout_session: options.session,
    customer: options.customer,
    customer_account: null,
    end: coupon.duration_in_months === null ? null : addIntervals(start, months, coupon.duration_in_months),
    invoice: null,
    invoice_item: null,
    promotion_code: promotion,
    source: { coupon: coupon.id, type: 'coupon' },
    start,
    subscription: options.subscription,
    subscription_item: null,
  }
  sandbox.documents.save('discount', discount)
  sandbox.emit('customer.discount.created', discount)
  return discount
}

/** Notes that a coupon has been redeemed once more, and the code it was redeemed by. */
export function countRedemption(sandbox: Sandbox, coupon: Coupon, promotion: string | null): void {
  const redeemed = coupon.times_redeemed + 1
  const valid = coupon.max_redemptions === null || redeemed < coupon.max_redemptions
  sandbox.documents.save('coupon', { ...coupon, times_redeemed: redeemed, valid })
  const code = promotion === null ? undefined : sandbox.documents.find('promotion_code', promotion)
  if (code) sandbox.documents.save('promotion_code', { ...code, times_redeemed: code.times_redeemed + 1 })
}

/** The discounts that hold now, with the coupons they come from. */
export function discountTerms(sandbox: Sandbox, ids: readonly string[]): DiscountTerms[] {
  return ids.flatMap((id) => {
    const discount = sandbox.documents.find('discount', id)
    const coupon = discount && couponOf(sandbox, discount)
    const over = discount?.end !== null && (discount?.end ?? 0) <= seconds(sandbox)
    return coupon && !over ? [{ id, coupon }] : []
  })
}

/** Takes a discount off its subscription: its months are over, or its one invoice has been. */
export function endDiscount(sandbox: Sandbox, id: string): void {
  const discount = removeDiscount(sandbox, id)
  const before = discount?.subscription && sandbox.documents.find('subscription', discount.subscription)
  if (!before) return
  const subscription = { ...before, discounts: before.discounts.filter((other) => other !== id) }
  sandbox.documents.save('subscription', subscription)
  sandbox.emit('customer.subscription.updated', subscription, before)
}

export function removeDiscount(sandbox: Sandbox, id: string): Discount | undefined {
  const discount = sandbox.documents.find('discount', id)
  if (!discount) return undefined
  sandbox.documents.remove('discount', id)
  sandbox.emit('customer.discount.deleted', discount)
  return discount
}

function couponOf(sandbox: Sandbox, discount: Discount): Coupon | undefined {
  const id = discount.source.coupon ?? ''
  return sandbox.documents.find('coupon', id) ?? sandbox.documents.find('deleted_coupon', id)
}

function appliesTo(coupon: Coupon, line: DiscountableLine): boolean {
  const products = coupon.applies_to?.products
  return line.discountable && (!products || products.includes(line.product ?? ''))
}

/** A percentage is rounded line by line; an amount is shared out in proportion and its odd cents go to the first lines. */
function shares(coupon: Coupon, amounts: number[]): number[] {
  const { percent_off: percent, amount_off: off } = coupon
  if (percent !== null) return amounts.map((amount) => Math.round((amount * percent) / 100))
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  let left = Math.min(off ?? 0, total)
  let rest = total
  return amounts.map((amount) => {
    const share = rest === 0 ? 0 : Math.ceil((left * amount) / rest)
    left -= share
    rest -= amount
    return share
  })
}
