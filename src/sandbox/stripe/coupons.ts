import type Stripe from 'stripe'
import { invalid, missing } from './errors.ts'
import { newId } from './ids.ts'
import { atMost, mergeMetadata, mustFind, orNull, type Sandbox, seconds } from './sandbox.ts'
import type { Coupon } from './stored.ts'

export function createCoupon(sandbox: Sandbox, params: Stripe.CouponCreateParams): Coupon {
  const id = params.id ?? newId('c', 8).slice(2)
  if (sandbox.documents.find('coupon', id)) {
    throw invalid(`Coupon already exists: '${id}'`, { param: 'id', code: 'resource_already_exists' })
  }
  checkAmount(params)
  atMost(40, params.name, 'name')
  const coupon: Coupon = {
    id,
    object: 'coupon',
    amount_off: params.amount_off ?? null,
    ...(params.applies_to?.products && { applies_to: { products: params.applies_to.products } }),
    created: seconds(sandbox),
    currency: params.amount_off === undefined ? null : (params.currency?.toLowerCase() ?? null),
    duration: params.duration ?? 'once',
    duration_in_months: months(params),
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: orNull(params.name),
    percent_off: params.percent_off ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  }
  sandbox.documents.save('coupon', coupon)
  sandbox.emit('coupon.created', coupon)
  return coupon
}

export function updateCoupon(sandbox: Sandbox, id: string, params: Stripe.CouponUpdateParams): Coupon {
  const before = mustFind(sandbox, 'coupon', id)
  const coupon: Coupon = {
    ...before,
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    name: params.name ?? before.name,
  }
  sandbox.documents.save('coupon', coupon)
  sandbox.emit('coupon.updated', coupon, before)
  return coupon
}

/** A deleted coupon cannot be redeemed again; who has the discount keeps it, so its terms stay in the file. */
export function deleteCoupon(sandbox: Sandbox, id: string): Stripe.DeletedCoupon {
  const coupon = mustFind(sandbox, 'coupon', id)
  sandbox.documents.remove('coupon', id)
  sandbox.documents.save('deleted_coupon', coupon)
  sandbox.emit('coupon.deleted', coupon)
  return { id, object: 'coupon', deleted: true }
}

/** A coupon that may be redeemed now, or Stripe's refusal of the parameter `param`. */
export function redeemableCoupon(sandbox: Sandbox, id: string, param: string): Coupon {
  const coupon = mustFind(sandbox, 'coupon', id, param)
  const spent = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions
  const past = coupon.redeem_by !== null && coupon.redeem_by <= seconds(sandbox)
  if (spent || past) throw invalid(`Coupon expired: ${id}`, { param, code: 'coupon_expired' })
  return coupon
}

function checkAmount({ amount_off, percent_off, currency }: Stripe.CouponCreateParams): void {
  if ((amount_off === undefined) === (percent_off === undefined)) {
    throw invalid('Give exactly one of these parameters: amount_off, percent_off.', { param: 'percent_off' })
  }
  if (amount_off !== undefined && currency === undefined) throw missing('currency')
  if (amount_off !== undefined && amount_off < 1)
    throw invalid('Invalid positive integer', { param: 'amount_off' })
  if (percent_off !== undefined && !(percent_off > 0 && percent_off <= 100)) {
    throw invalid('Invalid percent_off: must be greater than 0 and at most 100', { param: 'percent_off' })
  }
}

function months({ duration, duration_in_months: given }: Stripe.CouponCreateParams): number | null {
  if (duration === 'repeating' && given === undefined) throw missing('duration_in_months')
  if (duration !== 'repeating' && given !== undefined) {
    throw invalid('duration_in_months is only for coupons of duration repeating.', {
      param: 'duration_in_months',
    })
  }
  if (given !== undefined && given < 1)
    throw invalid('Invalid positive integer', { param: 'duration_in_months' })
  return given ?? null
}
