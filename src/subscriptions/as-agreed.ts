import type { Attempt } from './attempt.ts'
import type { Charged, Subscription } from './payments.ts'

/** Whether a subscription has the price, and the end of the introductory period, that the reader agreed to. */
export function isSubscriptionAsAgreed({ regular, introEndsAtMs }: Subscription, attempt: Attempt): boolean {
  if (regular.amount !== attempt.regular.amount || regular.currency !== attempt.regular.currency) return false
  if (introEndsAtMs === null) return true
  if (attempt.intro?.kind !== 'trial') return false
  const { endsAtMs } = attempt.intro
  // Stripe counts in seconds.
  if (Math.floor(endsAtMs / 1000) * 1000 === introEndsAtMs) return true
  return endsAtMs - attempt.consent.atMs < shortMs && Math.abs(introEndsAtMs - endsAtMs) < dayMs
}

const dayMs = 86_400_000

/** An introductory period that is shorter than Stripe lets end at an instant is sold in whole days from the payment on. */
const shortMs = 3 * dayMs

/**
 * Whether a page asked for what the reader agreed to pay at once. Tax that comes on top of the price is up to Stripe;
 * so is what a promotion code takes off, where the offer lets readers type one. Of a discount that the session does not
 * name the publisher has given it to the customer in Stripe's dashboard.
 */
export function isChargeAsAgreed({ total, discount, tax, discountBy }: Charged, attempt: Attempt): boolean {
  const agreed = dueAtOnce(attempt)
  const listed = total.amount + discount - (attempt.tax === 'exclusive' ? tax : 0)
  if (listed !== agreed.amount || total.currency !== agreed.currency) return false
  const promised = promisedDiscount(attempt)
  if (promised > 0) return discount === promised
  if (discount === 0 || discountBy === null) return true
  return discountBy === 'code' && attempt.promotionCodes
}

/** Before any discount. */
function dueAtOnce({ gift, intro, regular }: Attempt): Attempt['regular'] {
  if (gift !== null) return gift.price
  if (intro?.kind !== 'trial') return regular
  return intro.collected === 'now' ? intro.price : { ...regular, amount: 0 }
}

function promisedDiscount({ gift, intro, regular }: Attempt): number {
  if (gift !== null || intro?.kind !== 'discount') return 0
  return Math.max(0, regular.amount - intro.price.amount)
}
