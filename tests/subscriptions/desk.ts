import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import type { Rules } from '../../src/paywall/rules.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import type { Attempt } from '../../src/subscriptions/attempt.ts'
import { createFlows } from '../../src/subscriptions/flows.ts'
import { learnEvent } from '../../src/subscriptions/learn-event.ts'
import { createStripePayments } from '../../src/subscriptions/payments.stripe.ts'
import type { Payments } from '../../src/subscriptions/payments.ts'
import type { SubscriptionStore } from '../../src/subscriptions/subscription-store.ts'
import { payWithCard } from '../support/buying.ts'
import { freePort } from '../support/free-port.ts'
import { openStripeAccount } from '../support/stripe-account.ts'
import { anAttempt } from './examples.ts'

export const dayMs = 86_400_000
const openedAtMs = Date.UTC(2026, 10, 24, 12)

/** Every flow, on a store in memory and Stripe's stand-in over HTTP, without the service around them. */
export async function openDesk() {
  const account = await openStripeAccount({ now: () => openedAtMs })
  // Stripe finds nobody: events reach the flows when a test hands them over, or by the reconciler.
  account.notify(`http://127.0.0.1:${await freePort()}`)
  const stores = openSqliteStores(':memory:', account.sandbox.clock.now)
  const payments = createStripePayments({
    secretKey: account.environment.STRIPE_SECRET_KEY,
    webhookSecret: account.environment.STRIPE_WEBHOOK_SECRET,
    apiBase: new URL(account.environment.STRIPE_API_BASE),
    serviceUrl: new URL('http://localhost:3000'),
  })
  const now = account.sandbox.clock.now
  const told: { refused: string[]; reconciled: { what: string; outcome: string; count: number }[] } = {
    refused: [],
    reconciled: [],
  }
  const noRules: Rules = { version: 1, sites: new Map(), onlySite: null, origins: new Set() }

  /** The flows of one process. `between` is called after every call to the store or to payments, and may throw. */
  function process(between: () => void = () => {}, rules: () => Rules = () => noRules) {
    return createFlows({
      rules,
      payments: interrupted(payments, between),
      store: interrupted<SubscriptionStore>(stores.subscriptions, between),
      subscriptionSeen: async () => {},
      giftPaid: async () => {},
      pageOpened: async () => {},
      isStoreAway: () => false,
      metrics: {
        purchaseRefused: (reason) => told.refused.push(reason),
        reconciled: (found) => told.reconciled.push(found),
      },
      serviceUrl: new URL('http://localhost:3000'),
      log: pino({ level: 'silent' }),
      now,
    })
  }

  return {
    stripe: account.stripe,
    clock: account.sandbox.clock,
    store: stores.subscriptions,
    payments,
    told,
    now,
    process,

    /** A new attempt at this instant: $19.99 every four weeks, unless told otherwise. */
    attempt(changes: Partial<Attempt> = {}): Attempt {
      return anAttempt({
        id: `at_${randomBytes(16).toString('base64url')}`,
        consent: { terms: 'Terms.', termsHash: 'abc', atMs: now() },
        expiresAtMs: now() + 35 * 60_000,
        intro: null,
        ...changes,
      })
    },
    pay: payWithCard,
    dispute: (charge: string) => account.sandbox.dispute(charge),
    /** Every event so far, the oldest first, as the webhook would hand them over. */
    async events() {
      const events = []
      for await (const event of payments.undelivered(0)) events.push(event)
      return events
    },
    /** Hands all events over to a process that lives. */
    async tellAll(flows = process()) {
      for (const event of await this.events()) await learnEvent(flows, event)
    },
    async running(customer: string | null) {
      return customer === null ? [] : payments.runningSubscriptions(customer)
    },
    async close() {
      await account.close()
      await stores.close()
    },
  }
}

export type Desk = Awaited<ReturnType<typeof openDesk>>

/** The same object, with something called after each of its calls, which is before the next. */
function interrupted<Target extends Payments | SubscriptionStore>(
  target: Target,
  between: () => void,
): Target {
  return new Proxy(target, {
    get(object, name, receiver) {
      const member = Reflect.get(object, name, receiver)
      if (typeof member !== 'function' || name === 'undelivered') return member
      return async (...given: unknown[]) => {
        const answer = await Reflect.apply(member, object, given)
        between()
        return answer
      }
    },
  })
}

/** Dies at the nth moment between two steps, once. Tells whether it has. */
export function deathAt(moment: number): { between: () => void; died: () => boolean } {
  let passed = 0
  return {
    between() {
      passed += 1
      if (passed === moment) throw new Error('the process dies')
    },
    died: () => passed >= moment,
  }
}
