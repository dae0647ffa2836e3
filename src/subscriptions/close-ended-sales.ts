import type { Job } from '../jobs/job.ts'
import { offerStatus } from '../offers/choose-offer.ts'
import type { Rules } from '../paywall/rules.ts'
import type { Attempt } from './attempt.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import type { SyncCheckout } from './sync-checkout.ts'

/** Stripe lets no page expire sooner than half an hour after it was opened, so pages are closed from here. */
const everyMs = 15_000

/** Closes the Checkout pages of offers that have ended or were withdrawn. Who has paid by then has bought. */
export function createSaleCloser(parts: {
  store: SubscriptionStore
  syncCheckout: SyncCheckout
  rules: () => Rules
  /** Epoch milliseconds. */
  now: () => number
}): Job {
  const { store, syncCheckout, rules, now } = parts
  return {
    name: 'close ended sales',
    everyMs,
    async run() {
      for (const id of await store.openAttempts()) {
        const attempt = await store.attempt(id)
        if (attempt !== null && !isOffered(attempt, rules(), now())) await syncCheckout.close(attempt)
      }
    },
  }
}

function isOffered({ site, offer }: Attempt, rules: Rules, now: number): boolean {
  const found = rules.sites.get(site)?.offers.find(({ id }) => id === offer)
  return found !== undefined && offerStatus(found, now) === 'running'
}
