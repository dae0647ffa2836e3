import Stripe from 'stripe'
import { checkoutState, closeCheckout, openCheckout } from './checkout.stripe.ts'
import { customerOf, emailOf, forget } from './customer.stripe.ts'
import { endNow } from './end-now.stripe.ts'
import { keep, setToEnd, winBack } from './ending.stripe.ts'
import { readEvent, undelivered } from './events.stripe.ts'
import { settleIntroCharge } from './intro-charge.stripe.ts'
import { invoicesOf } from './invoices.stripe.ts'
import { stripeLocale } from './locale.stripe.ts'
import { paymentSubject } from './payment-subject.stripe.ts'
import { type Payments, PaymentsUnavailable } from './payments.ts'
import { runningSubscriptions, subscriptionNow } from './subscription.stripe.ts'

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
  // A reader waits for most of the answers: a second try, and then they are told.
  const stripe = new Stripe(secretKey, {
    ...(apiBase && addressOf(apiBase)),
    maxNetworkRetries: 1,
    timeout: 8_000,
    telemetry: false,
  })
  const live = /^(sk|rk)_live_/.test(secretKey)

  return {
    customerOf: (reader, known = null) => ask(() => customerOf(stripe, { reader, known })),
    openCheckout: (attempt, customer) => ask(() => openCheckout(stripe, { attempt, customer, serviceUrl })),
    closeCheckout: (session) => ask(() => closeCheckout(stripe, session)),
    checkout: (session) => ask(() => checkoutState(stripe, session)),
    subscription: (id) => ask(() => subscriptionNow(stripe, id)),
    runningSubscriptions: (customer) => ask(() => runningSubscriptions(stripe, customer)),
    about: (payment) => ask(() => paymentSubject(stripe, payment)),
    setToEnd: (id) => ask(() => setToEnd(stripe, id)),
    keep: (id) => ask(() => keep(stripe, id)),
    winBack: (id, attempt) => ask(() => winBack(stripe, id, attempt)),
    endNow: (id, refund) => ask(() => endNow(stripe, id, refund)),
    settleIntroCharge: (subscription, attempt) => ask(() => settleIntroCharge(stripe, subscription, attempt)),
    portal: (customer, { returnTo, language }) =>
      ask(async () => {
        const locale = stripeLocale(language)
        const page = await stripe.billingPortal.sessions.create({
          customer,
          locale,
          return_url: returnTo.href,
        })
        return page.url
      }),
    invoices: (id) => ask(() => invoicesOf(stripe, id)),
    email: (customer) => ask(() => emailOf(stripe, customer)),
    forget: (customer) => ask(() => forget(stripe, customer)),
    async *undelivered(sinceMs) {
      yield* await ask(() => undelivered(stripe, { sinceMs, live }))
    },
    readEvent: (rawBody, signature) => readEvent({ stripe, rawBody, signature, webhookSecret, live }),
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
