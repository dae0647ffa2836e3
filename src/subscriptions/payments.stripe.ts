import Stripe from 'stripe'
import { type Attempt, attemptStatusSchema } from './attempt.ts'
import {
  attemptLabel,
  checkoutParameters,
  priceLookupKey,
  priceParameters,
} from './checkout-parameters.stripe.ts'
import { keep, setToEnd } from './ending.stripe.ts'
import { eventOf } from './events.stripe.ts'
import { settleIntroCharge } from './intro-charge.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import { type CheckoutState, type Payments, PaymentsUnavailable } from './payments.ts'
import { subscriptionOf } from './subscription.stripe.ts'

/**
 * Payments by Stripe, or by what answers in its stead at `apiBase`. `serviceUrl` is where readers come back to after
 * paying.
 */
export function createStripePayments(options: {
  secretKey: string
  webhookSecret: string
  apiBase: URL | null
  serviceUrl: URL
}): Payments {
  const { secretKey, webhookSecret, apiBase, serviceUrl } = options
  const stripe = new Stripe(secretKey, {
    ...(apiBase && addressOf(apiBase)),
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
  })
  const prices = new Map<string, string>()

  async function regularPrice(attempt: Attempt): Promise<string> {
    const lookupKey = priceLookupKey(attempt)
    const id = prices.get(lookupKey) ?? (await findOrCreatePrice(stripe, attempt))
    prices.set(lookupKey, id)
    return id
  }

  return {
    openCheckout: (attempt) =>
      ask(async () => {
        const price = await regularPrice(attempt)
        const session = await stripe.checkout.sessions.create(
          checkoutParameters({ attempt, price, serviceUrl }),
          {
            idempotencyKey: `${attempt.id}:checkout`,
          },
        )
        if (session.url === null) throw new PaymentsUnavailable(`Checkout session ${session.id} has no page`)
        return { session: session.id, url: session.url }
      }),
    checkout: (session) => ask(async () => checkoutState(await stripe.checkout.sessions.retrieve(session))),
    subscription: (id) =>
      ask(async () => {
        const subscription = await orMissing(stripe.subscriptions.retrieve(id))
        return subscription === null ? null : subscriptionOf(subscription)
      }),
    setToEnd: (id) => ask(() => setToEnd(stripe, id)),
    keep: (id) => ask(() => keep(stripe, id)),
    settleIntroCharge: (subscription, attempt) => ask(() => settleIntroCharge(stripe, subscription, attempt)),
    readEvent: (rawBody, signature) =>
      eventOf({ stripe, rawBody, signature, webhookSecret, live: /^(sk|rk)_live_/.test(secretKey) }),
  }
}

/** Prices are found again by their lookup key; the idempotency key makes two processes create one. */
async function findOrCreatePrice(stripe: Stripe, attempt: Attempt): Promise<string> {
  const lookupKey = priceLookupKey(attempt)
  const { data } = await stripe.prices.list({ lookup_keys: [lookupKey], active: true, limit: 1 })
  const price =
    data[0] ??
    (await stripe.prices.create(priceParameters(attempt), { idempotencyKey: `price:${lookupKey}` }))
  return price.id
}

function checkoutState(session: Stripe.Checkout.Session): CheckoutState {
  const { status, subscription } = session
  return {
    status: status === null ? 'open' : attemptStatusSchema.parse(status),
    attempt: session.metadata?.[attemptLabel] ?? null,
    subscription: typeof subscription === 'string' ? subscription : (subscription?.id ?? null),
  }
}

/** What Stripe could not do now it may do later; what it does not understand is an error of ours. */
async function ask<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (
      !(error instanceof Stripe.errors.StripeError) ||
      error instanceof Stripe.errors.StripeInvalidRequestError
    ) {
      throw error
    }
    throw new PaymentsUnavailable(error.message, { cause: error })
  }
}

function addressOf(url: URL): { host: string; port: number; protocol: 'http' | 'https' } {
  const protocol = url.protocol === 'http:' ? 'http' : 'https'
  return { host: url.hostname, port: Number(url.port || (protocol === 'http' ? 80 : 443)), protocol }
}
