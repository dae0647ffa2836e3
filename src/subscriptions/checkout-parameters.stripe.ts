import type Stripe from 'stripe'
import type { Attempt } from './attempt.ts'
import type { SubscriptionLabels } from './payments.ts'

/** The metadata by which we know what is ours; the Stripe account may sell other things too. */
export const attemptLabel = 'newsrack_attempt'

/** The request for the page on which this attempt is paid. It says the same however often it is made. */
export function checkoutParameters(options: {
  attempt: Attempt
  /** Stripe's id of the plan's regular price. */
  price: string
  serviceUrl: URL
}): Stripe.Checkout.SessionCreateParams {
  const { attempt, price, serviceUrl } = options
  const labels = writeLabels(attempt)
  const returnUrl = new URL('/checkout/return', serviceUrl)
  returnUrl.searchParams.set('attempt', attempt.id)
  return {
    mode: 'subscription',
    client_reference_id: attempt.id,
    metadata: labels,
    line_items: [{ price, quantity: 1 }, ...introLine(attempt)],
    subscription_data: {
      metadata: labels,
      ...(attempt.intro?.kind === 'trial' && { trial_end: seconds(attempt.intro.endsAtMs) }),
    },
    payment_method_collection: 'always',
    custom_text: { submit: { message: attempt.consent.terms } },
    success_url: returnUrl.href,
    cancel_url: attempt.returnTo,
    expires_at: seconds(attempt.expiresAtMs),
  }
}

/**
 * An introductory amount that Stripe can charge is a line of its own, paid at once. A smaller one is no line, for
 * Stripe would refuse the session or forget the amount; see intro-charge.stripe.ts.
 */
function introLine({ intro, planName }: Attempt): Stripe.Checkout.SessionCreateParams.LineItem[] {
  if (intro?.kind !== 'trial' || intro.collected !== 'now') return []
  return [
    {
      quantity: 1,
      price_data: {
        currency: intro.price.currency.toLowerCase(),
        unit_amount: intro.price.amount,
        product_data: { name: `${planName}: introductory period` },
      },
    },
  ]
}

/** Two attempts at the same regular price share one price in Stripe. */
export function priceLookupKey({ plan, regular, every }: Attempt): string {
  return `newsrack:${plan}:${regular.amount}:${regular.currency}:${every.count}:${every.unit}`
}

export function priceParameters(attempt: Attempt): Stripe.PriceCreateParams {
  const { planName, regular, every } = attempt
  return {
    currency: regular.currency.toLowerCase(),
    unit_amount: regular.amount,
    recurring: { interval: every.unit, interval_count: every.count },
    product_data: { name: planName },
    lookup_key: priceLookupKey(attempt),
  }
}

export function writeLabels({ id, site, reader, plan, offer }: Attempt): Record<string, string> {
  return {
    [attemptLabel]: id,
    newsrack_site: site,
    newsrack_reader: reader,
    newsrack_plan: plan,
    newsrack_offer: offer,
  }
}

/** Null where the labels are not ours. */
export function readLabels(metadata: Stripe.Metadata): SubscriptionLabels | null {
  const { newsrack_attempt, newsrack_site, newsrack_reader, newsrack_plan, newsrack_offer } = metadata
  if (!newsrack_attempt || !newsrack_site || !newsrack_reader || !newsrack_plan || !newsrack_offer)
    return null
  return {
    attempt: newsrack_attempt,
    site: newsrack_site,
    reader: newsrack_reader,
    plan: newsrack_plan,
    offer: newsrack_offer,
  }
}

/** Stripe counts time in epoch seconds. */
function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
