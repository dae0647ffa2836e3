import type Stripe from 'stripe'
import type { Attempt } from './attempt.ts'
import { billWords, monthsInWords } from './bill-words.ts'
import { writeLabels } from './labels.stripe.ts'
import { stripeLocale } from './locale.stripe.ts'

type Parameters = Stripe.Checkout.SessionCreateParams

/** What Stripe knows of an attempt before its page is opened. */
export type CheckoutFacts = {
  attempt: Attempt
  customer: string
  serviceUrl: URL
  /** Stripe's id of the plan's regular price; null for a gift, which does not renew. */
  price: string | null
  /** Stripe's id of the coupon that makes the first bills lower. */
  coupon: string | null
}

/** The request for the page on which this attempt is paid. It says the same however often it is made. */
export function checkoutParameters(facts: CheckoutFacts): Parameters {
  const { attempt, customer, serviceUrl } = facts
  const returnUrl = new URL('/checkout/return', serviceUrl)
  returnUrl.searchParams.set('attempt', attempt.id)
  return {
    client_reference_id: attempt.id,
    customer,
    metadata: writeLabels(attempt),
    ...(facts.price === null ? giftParameters(attempt) : subscriptionParameters(facts, facts.price)),
    ...(attempt.tax !== 'none' && taxParameters),
    custom_text: { submit: { message: attempt.consent.terms } },
    locale: stripeLocale(attempt.language),
    success_url: returnUrl.href,
    cancel_url: attempt.returnTo,
    expires_at: seconds(attempt.expiresAtMs),
  }
}

function subscriptionParameters({ attempt, coupon }: CheckoutFacts, price: string): Parameters {
  return {
    mode: 'subscription',
    line_items: [{ price, quantity: 1 }, ...introLine(attempt)],
    subscription_data: { metadata: writeLabels(attempt), ...trial(attempt) },
    payment_method_collection: 'always',
    ...promotion(attempt, coupon),
  }
}

function giftParameters(attempt: Attempt): Parameters {
  const { gift, planName, language } = attempt
  if (gift === null) throw new Error(`attempt ${attempt.id} buys neither a subscription nor a gift`)
  const name = billWords(language).gift(planName, monthsInWords(gift.months, language))
  return {
    mode: 'payment',
    line_items: [oneTimeLine(attempt, { name, price: gift.price })],
    payment_intent_data: { metadata: writeLabels(attempt), description: name },
    ...promotion(attempt, null),
  }
}

/** Tax follows the address that the reader gives on the page, which Stripe keeps on the customer for the bills to come. */
const taxParameters = {
  automatic_tax: { enabled: true },
  customer_update: { address: 'auto', name: 'auto' },
} as const satisfies Parameters

/** Stripe takes either a coupon of ours or a code of the reader's. */
function promotion({ promotionCodes }: Attempt, coupon: string | null): Parameters {
  if (coupon !== null) return { discounts: [{ coupon }] }
  return promotionCodes ? { allow_promotion_codes: true } : {}
}

/**
 * An introductory amount that Stripe can charge is a line of its own, paid at once. A smaller one is no line, for
 * Stripe would refuse the session or forget the amount; see intro-charge.stripe.ts.
 */
function introLine(attempt: Attempt): Stripe.Checkout.SessionCreateParams.LineItem[] {
  const { intro, planName, language } = attempt
  if (intro?.kind !== 'trial' || intro.collected !== 'now') return []
  return [oneTimeLine(attempt, { name: billWords(language).introPeriod(planName), price: intro.price })]
}

function oneTimeLine(
  { tax }: Attempt,
  { name, price }: { name: string; price: Attempt['regular'] },
): Stripe.Checkout.SessionCreateParams.LineItem {
  return {
    quantity: 1,
    price_data: {
      currency: price.currency.toLowerCase(),
      unit_amount: price.amount,
      product_data: { name },
      ...(tax !== 'none' && { tax_behavior: tax }),
    },
  }
}

const dayMs = 86_400_000

/** Stripe takes an end that lies two days ahead when it is asked, which is a moment after the attempt was made. */
const leastTrialMs = 2 * dayMs + 3_600_000

/** The instant the reader was told, or for a very short trial its days from the payment on. */
function trial({
  intro,
  consent,
}: Attempt): Pick<Stripe.Checkout.SessionCreateParams.SubscriptionData, 'trial_end' | 'trial_period_days'> {
  if (intro?.kind !== 'trial') return {}
  const lengthMs = intro.endsAtMs - consent.atMs
  if (lengthMs >= leastTrialMs) return { trial_end: seconds(intro.endsAtMs) }
  return { trial_period_days: Math.max(1, Math.round(lengthMs / dayMs)) }
}

/** Stripe counts time in epoch seconds. */
function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
