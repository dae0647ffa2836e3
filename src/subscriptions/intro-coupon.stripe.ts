import { hash } from 'node:crypto'
import Stripe from 'stripe'
import { billWords } from './bill-words.ts'
import type { SoldTerms } from './catalogue.ts'
import { orMissing } from './or-missing.stripe.ts'
import type { RegularPrice } from './price.stripe.ts'

/**
 * The coupon that makes the first bills lower, for the product of the regular price alone; null where the attempt has
 * no such intro. Its id follows from its terms, so that attempts at the same terms share it.
 */
export async function introCoupon(stripe: Stripe, discounted: Discounted): Promise<string | null> {
  const coupon = couponOf(discounted)
  if (coupon === null) return null
  const known = await orMissing(stripe.coupons.retrieve(coupon.id))
  if (known === null) await createCoupon(stripe, coupon)
  return coupon.id
}

/** Its id where it is there; null where nobody has needed it yet, or none is needed. */
export async function findIntroCoupon(stripe: Stripe, discounted: Discounted): Promise<string | null> {
  const coupon = couponOf(discounted)
  return coupon === null ? null : ((await orMissing(stripe.coupons.retrieve(coupon.id)))?.id ?? null)
}

type Discounted = { attempt: Pick<SoldTerms, 'intro' | 'language'>; regular: RegularPrice }

function couponOf({ attempt, regular }: Discounted): (Stripe.CouponCreateParams & { id: string }) | null {
  const terms = couponTerms(attempt, regular)
  if (terms === null) return null
  return { id: `newsrack-${hash('sha256', JSON.stringify(terms)).slice(0, 24)}`, ...terms }
}

/** Another process may have made the same coupon meanwhile. */
async function createCoupon(stripe: Stripe, parameters: Stripe.CouponCreateParams): Promise<void> {
  try {
    await stripe.coupons.create(parameters)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_already_exists')
      return
    throw error
  }
}

function couponTerms(
  { intro, language }: Discounted['attempt'],
  regular: RegularPrice,
): Stripe.CouponCreateParams | null {
  if (intro?.kind !== 'discount' || intro.price.amount >= regular.amount) return null
  const { percentOff, price, months } = intro
  const amountOff = regular.amount - price.amount
  // A percentage is said as such on the bill, but only where Stripe's rounding comes to the price that was promised.
  const comesToIt = percentOff !== null && Math.round((regular.amount * percentOff) / 100) === amountOff
  return {
    name: billWords(language).introPrice,
    applies_to: { products: [regular.product] },
    ...(comesToIt
      ? { percent_off: percentOff }
      : { amount_off: amountOff, currency: price.currency.toLowerCase() }),
    ...(months === null ? { duration: 'once' } : { duration: 'repeating', duration_in_months: months }),
  }
}
