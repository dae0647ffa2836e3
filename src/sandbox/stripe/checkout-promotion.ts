import { pricedLines } from './checkout-lines.ts'
import { checkMinimum, sessionTotals } from './checkout-sessions.ts'
import { Refusal } from './errors.ts'
import { activePromotion, redeemablePromotion } from './promotion-codes.ts'
import { mustFind, type Sandbox } from './sandbox.ts'
import type { Coupon, PromotionCode, Session } from './stored.ts'

/** Takes off what somebody's code gives on the page of an open session, or nothing any more for an empty one. False for a code that gives nothing. */
export function applyCode(sandbox: Sandbox, session: Session, code: string): boolean {
  if (code.trim() === '') {
    reprice(sandbox, session, undefined)
    return true
  }
  const promotion = activePromotion(sandbox, code)
  if (!promotion) return false
  try {
    const { customer, currency } = session
    const redeemable = redeemablePromotion(sandbox, { promotion, customer, param: 'promotion_code' })
    if (redeemable.coupon.currency !== null && redeemable.coupon.currency !== currency) return false
    reprice(sandbox, session, redeemable)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function reprice(
  sandbox: Sandbox,
  session: Session,
  redeemed: { coupon: Coupon; promotion: PromotionCode } | undefined,
): void {
  const terms = mustFind(sandbox, 'checkout_terms', session.id)
  const trial = terms.trialEnd !== null || terms.trialPeriodDays !== null
  const lines = pricedLines(terms.lines, { trial, coupon: redeemed?.coupon, tax: terms.tax })
  checkMinimum(lines)
  const promotion = redeemed?.promotion.id ?? null
  const discounts = promotion === null ? [] : [{ coupon: null, promotion_code: promotion }]
  sandbox.documents.save('checkout_terms', {
    ...terms,
    lines,
    coupon: redeemed?.coupon.id ?? null,
    promotion,
  })
  sandbox.documents.save('session', { ...session, ...sessionTotals(lines), discounts })
}
