import type { Attempt, AttemptStatus } from './attempt.ts'
import type { CheckoutState, Payments } from './payments.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import type { SyncGift } from './sync-gift.ts'
import type { SyncSubscription } from './sync-subscription.ts'

/** What becomes of attempts. Each rejects if Stripe or the store could not be asked, and may then be repeated. */
export type SyncCheckout = {
  /** Learns from Stripe how a Checkout session stands, and acts on it. */
  look(session: string): Promise<AttemptStatus>
  /** Has nothing be bought any more by an attempt. It may turn out to have been paid: then it is taken as the purchase. */
  close(attempt: Attempt): Promise<AttemptStatus>
}

/** A completed session leads to its subscription or gift; an expired one ends its attempt. */
export function createSyncCheckout(parts: {
  payments: Payments
  store: SubscriptionStore
  syncSubscription: SyncSubscription
  syncGift: SyncGift
}): SyncCheckout {
  const { payments, store, syncSubscription, syncGift } = parts

  async function act(session: string, state: CheckoutState): Promise<AttemptStatus> {
    const attempt = state.attempt === null ? null : await store.attempt(state.attempt)
    if (attempt === null) return state.status
    if (attempt.session === null) await store.attemptOpened(attempt.id, session)
    if (state.status === 'expired') return release(attempt)
    if (state.status === 'complete') {
      if (state.subscription !== null) await syncSubscription(state.subscription)
      else await syncGift(attempt.id)
    }
    return state.status
  }

  /** What was taken for an attempt goes back before it counts as ended, so that a break in between loses nothing. */
  async function release({ id, offer, status }: Attempt): Promise<AttemptStatus> {
    if (status === 'complete') return status
    await store.giveBackRedemption(offer, id)
    await store.attemptEnded(id, 'expired')
    return 'expired'
  }

  /** The subscription says by its labels whether it goes on by this attempt. */
  async function closeWinBack(attempt: Attempt, subscription: string): Promise<AttemptStatus> {
    const found = await payments.subscription(subscription)
    if (found?.labels.attempt !== attempt.id) return release(attempt)
    await syncSubscription(subscription)
    return 'complete'
  }

  return {
    look: async (session) => act(session, await payments.checkout(session)),

    async close(attempt) {
      if (attempt.status !== 'open') {
        await store.attemptEnded(attempt.id, attempt.status, attempt.refused)
        return attempt.status
      }
      if (attempt.winsBack !== null) return closeWinBack(attempt, attempt.winsBack)
      // Nobody has been told the address of a page whose session was not noted.
      if (attempt.session === null) return release(attempt)
      const state = await payments.closeCheckout(attempt.session)
      return state.attempt === null ? release(attempt) : act(attempt.session, state)
    },
  }
}
