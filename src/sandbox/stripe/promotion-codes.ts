import type Stripe from 'stripe'
import { redeemableCoupon } from './coupons.ts'
import { invalid, missing } from './errors.ts'
import { newId } from './ids.ts'
import { mergeMetadata, mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { Coupon, PromotionCode } from './stored.ts'

/** Makes a word by which people redeem a coupon. */
export function createPromotionCode(
  sandbox: Sandbox,
  params: Stripe.PromotionCodeCreateParams,
): PromotionCode {
  if (params.promotion.coupon === undefined) throw missing('promotion[coupon]')
  const coupon = mustFind(sandbox, 'coupon', params.promotion.coupon, 'promotion[coupon]')
  const code = params.code ?? newId('', 8).slice(1).toUpperCase()
  if (!/^[a-z\d]+$/i.test(code)) {
    throw invalid('A code has letters and digits only.', { param: 'code' })
  }
  if (activePromotion(sandbox, code)) {
    throw invalid(`An active promotion code with \`code: ${code}\` already exists.`, { param: 'code' })
  }
  const promotion: PromotionCode = {
    id: newId('promo'),
    object: 'promotion_code',
    active: params.active ?? true,
    code,
    created: seconds(sandbox),
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    promotion: { coupon: coupon.id, type: 'coupon' },
    restrictions: {
      first_time_transaction: false,
      minimum_amount: null,
      minimum_amount_currency: null,
    },
    times_redeemed: 0,
  }
  sandbox.documents.save('promotion_code', promotion)
  sandbox.emit('promotion_code.created', promotion)
  return promotion
}

export function updatePromotionCode(
  sandbox: Sandbox,
  id: string,
  params: Stripe.PromotionCodeUpdateParams,
): PromotionCode {
  const before = mustFind(sandbox, 'promotion_code', id)
  const promotion: PromotionCode = {
    ...before,
    active: params.active ?? before.active,
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
  }
  sandbox.documents.save('promotion_code', promotion)
  sandbox.emit('promotion_code.updated', promotion, before)
  return promotion
}

/** The code as people type it, in whichever case. */
export function activePromotion(sandbox: Sandbox, code: string): PromotionCode | undefined {
  return sandbox.documents
    .all('promotion_code')
    .find((promotion) => promotion.active && promotion.code.toLowerCase() === code.trim().toLowerCase())
}

/** What a code gives now, or Stripe's refusal of the parameter `param`. */
export function redeemablePromotion(
  sandbox: Sandbox,
  given: { promotion: PromotionCode; customer: string | null; param: string },
): { coupon: Coupon; promotion: PromotionCode } {
  const { promotion, customer, param } = given
  const { active, code, customer: only, expires_at: end, max_redemptions: most } = promotion
  const isSpent = most !== null && promotion.times_redeemed >= most
  const isPast = end !== null && end <= seconds(sandbox)
  if (!active || isSpent || isPast || (only !== null && only !== customer)) {
    throw invalid(`The promotion code ${code} cannot be redeemed.`, { param, code: 'promotion_code_expired' })
  }
  return { coupon: redeemableCoupon(sandbox, promotion.promotion.coupon ?? '', param), promotion }
}
