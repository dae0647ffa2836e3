import Stripe from 'stripe'
import { moneySchema } from '../offers/money.ts'
import { type Attempt, attemptStatusSchema } from './attempt.ts'
import { type CheckoutFacts, checkoutParameters } from './checkout-parameters.stripe.ts'
import { createOnce } from './create-once.stripe.ts'
import { giftPayment } from './gift-payment.stripe.ts'
import { introCoupon } from './intro-coupon.stripe.ts'
import { attemptLabel } from './labels.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import { type Charged, type CheckoutState, PaymentsUnavailable } from './payments.ts'
import { regularPrice } from './price.stripe.ts'

/** Opens the page where an attempt is paid: the same page however often it is asked. */
export async function openCheckout(
  stripe: Stripe,
  given: Pick<CheckoutFacts, 'attempt' | 'customer' | 'serviceUrl'>,
): Promise<{ session: string; url: string }> {
  const { attempt } = given
  const parameters = checkoutParameters({ ...given, ...(await soldBy(stripe, attempt)) })
  const session = await createOnce(`${attempt.id}:checkout`, (idempotencyKey) =>
    stripe.checkout.sessions.create(parameters, { idempotencyKey }),
  )
  if (session.url === null) throw new PaymentsUnavailable(`Checkout session ${session.id} has no page`)
  return { session: session.id, url: session.url }
}

/** Closes a page that has not been paid on. The reader may pay at the same time: what Stripe says then is how it is. */
export async function closeCheckout(stripe: Stripe, session: string): Promise<CheckoutState> {
  try {
    await stripe.checkout.sessions.expire(session)
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
  }
  return checkoutState(stripe, session)
}

/** One that Stripe does not hold is as good as expired, and not ours. */
export async function checkoutState(stripe: Stripe, id: string): Promise<CheckoutState> {
  const session = await orMissing(
    stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] }),
  )
  if (session === null) {
    return { status: 'expired', attempt: null, subscription: null, charged: null, gift: null }
  }
  const { status, subscription } = session
  const attempt = session.metadata?.[attemptLabel] ?? null
  return {
    status: status === null ? 'open' : attemptStatusSchema.parse(status),
    attempt,
    subscription: typeof subscription === 'string' ? subscription : (subscription?.id ?? null),
    charged: attempt === null ? null : chargedOn(session),
    gift: session.mode === 'payment' ? await giftPayment(stripe, session) : null,
  }
}

async function soldBy(stripe: Stripe, attempt: Attempt): Promise<Pick<CheckoutFacts, 'price' | 'coupon'>> {
  if (attempt.gift !== null) return { price: null, coupon: null }
  const regular = await regularPrice(stripe, attempt)
  return { price: regular.price, coupon: await introCoupon(stripe, { attempt, regular }) }
}

function chargedOn(session: Stripe.Checkout.Session): Charged {
  const { amount_total: amount, currency, total_details: details, discounts } = session
  const [named] = discounts ?? []
  return {
    total: moneySchema.parse({ amount, currency: currency?.toUpperCase() }),
    discount: details?.amount_discount ?? 0,
    tax: details?.amount_tax ?? 0,
    discountBy: named === undefined ? null : named.promotion_code === null ? 'coupon' : 'code',
  }
}
