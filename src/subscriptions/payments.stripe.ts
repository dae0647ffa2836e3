import { checkoutState, closeCheckout, openCheckout } from './checkout.stripe.ts'
import { askStripe, openStripe } from './client.stripe.ts'
import { customerOf, emailOf, forget } from './customer.stripe.ts'
import { endNow } from './end-now.stripe.ts'
import { keep, setToEnd, winBack } from './ending.stripe.ts'
import { readEvent, undelivered } from './events.stripe.ts'
import { giveBackGift } from './gift-payment.stripe.ts'
import { settleIntroCharge } from './intro-charge.stripe.ts'
import { invoicesOf } from './invoices.stripe.ts'
import { stripeLocale } from './locale.stripe.ts'
import { paymentSubject } from './payment-subject.stripe.ts'
import type { Payments } from './payments.ts'
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
  const { secretKey, webhookSecret, serviceUrl } = options
  const stripe = openStripe(options)
  const live = /^(sk|rk)_live_/.test(secretKey)

  return {
    customerOf: (reader, known = null) => askStripe(() => customerOf(stripe, { reader, known })),
    openCheckout: (attempt, customer) =>
      askStripe(() => openCheckout(stripe, { attempt, customer, serviceUrl })),
    closeCheckout: (session) => askStripe(() => closeCheckout(stripe, session)),
    checkout: (session) => askStripe(() => checkoutState(stripe, session)),
    giveBackGift: (session) => askStripe(() => giveBackGift(stripe, session)),
    subscription: (id) => askStripe(() => subscriptionNow(stripe, id)),
    runningSubscriptions: (customer) => askStripe(() => runningSubscriptions(stripe, customer)),
    about: (payment) => askStripe(() => paymentSubject(stripe, payment)),
    setToEnd: (id) => askStripe(() => setToEnd(stripe, id)),
    keep: (id) => askStripe(() => keep(stripe, id)),
    winBack: (id, attempt) => askStripe(() => winBack(stripe, id, attempt)),
    endNow: (id, refund) => askStripe(() => endNow(stripe, id, refund)),
    settleIntroCharge: (subscription, attempt) =>
      askStripe(() => settleIntroCharge(stripe, subscription, attempt)),
    portal: (customer, { returnTo, language }) =>
      askStripe(async () => {
        const locale = stripeLocale(language)
        const page = await stripe.billingPortal.sessions.create({
          customer,
          locale,
          return_url: returnTo.href,
        })
        return page.url
      }),
    invoices: (id) => askStripe(() => invoicesOf(stripe, id)),
    email: (customer) => askStripe(() => emailOf(stripe, customer)),
    forget: (customer) => askStripe(() => forget(stripe, customer)),
    async *undelivered(sinceMs) {
      yield* await askStripe(() => undelivered(stripe, { sinceMs, live }))
    },
    readEvent: (rawBody, signature) => readEvent({ stripe, rawBody, signature, webhookSecret, live }),
  }
}
