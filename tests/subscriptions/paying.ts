import assert from 'node:assert/strict'
import type { Attempt } from '../../src/subscriptions/attempt.ts'
import { createStripePayments } from '../../src/subscriptions/payments.stripe.ts'
import type { Subscription } from '../../src/subscriptions/payments.ts'
import { payWithCard } from '../support/buying.ts'
import { openStripeAccount } from '../support/stripe-account.ts'
import { anAttempt } from './examples.ts'

export const boughtAtMs = Date.UTC(2026, 10, 24, 12)
export const dayMs = 86_400_000

export const usd = (amount: number) => ({ amount, currency: 'USD' }) as const

/** The instant so many calendar months after the purchases of these tests, in UTC. */
export function monthsLater(months: number): number {
  return Date.UTC(2026, 10 + months, 24, 12)
}

/** The service's payments by the real library, and the account at the stand-in for Stripe that they go to. */
export async function openPayments() {
  const account = await openStripeAccount({ now: () => boughtAtMs, deliveries: { dropped: ['*'] } })
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = account.environment
  const payments = createStripePayments({
    secretKey,
    webhookSecret,
    apiBase: new URL(account.environment.STRIPE_API_BASE),
    serviceUrl: new URL('http://localhost:3000'),
  })
  const { stripe, sandbox } = account
  let attempts = 0

  return {
    payments,
    stripe,
    sandbox,
    account,
    /** A new attempt made now, of a reader of its own. */
    attempt(changes: Partial<Attempt> = {}): Attempt {
      attempts += 1
      const now = sandbox.clock.now()
      return anAttempt({
        id: `at_${attempts}`,
        reader: `demo:reader-${attempts}`,
        consent: { terms: 'What it costs, and when.', termsHash: 'abc', atMs: now },
        regular: usd(2000),
        every: { unit: 'month', count: 1 },
        intro: null,
        expiresAtMs: now + 31 * 60_000,
        ...changes,
      })
    },
    /** Pays on the page of an attempt, and does what the service does when it hears of it. */
    async buy(attempt: Attempt): Promise<Subscription> {
      const { session, url } = await payments.openCheckout(attempt, await payments.customerOf(attempt.reader))
      await payWithCard(url)
      const { subscription } = await payments.checkout(session)
      assert.ok(subscription)
      const bought = await payments.subscription(subscription)
      assert.ok(bought)
      await payments.settleIntroCharge(bought, attempt)
      return this.now(subscription)
    },
    async now(id: string): Promise<Subscription> {
      const subscription = await payments.subscription(id)
      assert.ok(subscription)
      return subscription
    },
    /** What was collected for a subscription until now, in minor units, the oldest first. */
    async collected(subscription: string): Promise<number[]> {
      const { data } = await stripe.invoices.list({ subscription, limit: 100 })
      return data
        .map(({ amount_paid: paid }) => paid)
        .filter((paid) => paid > 0)
        .reverse()
    },
    waitUntil: (instant: number) => sandbox.clock.advance(instant - sandbox.clock.now()),
    [Symbol.asyncDispose]: () => account.close(),
  }
}

export type Paying = Awaited<ReturnType<typeof openPayments>>

/** The words of a page without its markup. */
export async function textOf(url: string): Promise<string> {
  const page = await fetch(url)
  return (await page.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}
