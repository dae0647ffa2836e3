import Stripe from 'stripe'
import { type Attempt, attemptStatusSchema } from './attempt.ts'
import { type CheckoutFacts, checkoutParameters } from './checkout-parameters.stripe.ts'
import { createOnce } from './create-once.stripe.ts'
import { introCoupon } from './intro-coupon.stripe.ts'
import { attemptLabel } from './labels.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import { type CheckoutState, PaymentsUnavailable } from './payments.ts'
import { regularPrice } from './price.stripe.ts'
import { reversalOf } from './reversal.stripe.ts'

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
  if (session === null) return { status: 'expired', attempt: null, subscription: null, gift: null }
  const { status, subscription } = session
  return {
    status: status === null ? 'open' : attemptStatusSchema.parse(status),
    attempt: session.metadata?.[attemptLabel] ?? null,
    subscription: typeof subscription === 'string' ? subscription : (subscription?.id ?? null),
    gift: session.mode === 'payment' ? await giftState(stripe, session) : null,
  }
}

async function soldBy(stripe: Stripe, attempt: Attempt): Promise<Pick<CheckoutFacts, 'price' | 'coupon'>> {
  if (attempt.gift !== null) return { price: null, coupon: null }
  const regular = await regularPrice(stripe, attempt)
  return { price: regular.price, coupon: await introCoupon(stripe, { attempt, regular }) }
}

async function giftState(
  stripe: Stripe,
  { payment_intent: intent, payment_status: status, customer_details: buyer }: Stripe.Checkout.Session,
): Promise<CheckoutState['gift']> {
  const charge = typeof intent === 'object' ? (intent?.latest_charge ?? null) : null
  const reversal = charge !== null && typeof charge === 'object' ? await reversalOf(stripe, charge) : null
  return {
    paid: status === 'paid',
    refunded: reversal === 'refunded' || reversal === 'dispute_lost',
    email: buyer?.email ?? null,
  }
}
