import { Problem } from '../http/problem.ts'
import type { Attempt } from './attempt.ts'
import type { Payments } from './payments.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import type { SyncCheckout } from './sync-checkout.ts'
import type { SyncSubscription } from './sync-subscription.ts'
import { inTurn } from './turn.ts'

export type OpenCheckoutParts = {
  payments: Payments
  store: SubscriptionStore
  syncCheckout: SyncCheckout
  syncSubscription: SyncSubscription
  /** How often the offer of an attempt may be redeemed in all; null for any number of times. */
  mostRedemptions: (attempt: Attempt) => number | null
  /** Hears that a page was opened on which the attempt can be paid. */
  pageOpened: (attempt: Attempt) => Promise<void>
  /** Where the reader comes back to after paying. */
  serviceUrl: URL
  /** Epoch milliseconds. */
  now: () => number
}

/** The page on which a new attempt is paid, or why there is none. Rejects with PaymentsUnavailable. May be repeated. */
export type OpenCheckout = (attempt: Attempt) => Promise<{ attempt: string; url: string } | Problem>

/**
 * In the reader's one turn: Stripe is asked what runs already, the reader's other pages are closed, and only then one is
 * opened. So however many tabs buy at once, one can be paid on. What breaks off is gone on with by pressing again: an
 * attempt that is open and unchanged is used again, and Stripe gives the same page for it.
 */
export function createOpenCheckout(parts: OpenCheckoutParts): OpenCheckout {
  return async (attempt) =>
    (await inTurn(parts.store, attempt.reader, () => open(parts, attempt))) ??
    new Problem('checkout_in_progress', 'Another page of this reader is opening the payment just now.', {
      more: { retryAfter: 5 },
    })
}

async function open(
  parts: OpenCheckoutParts,
  fresh: Attempt,
): Promise<{ attempt: string; url: string } | Problem> {
  const { payments, store } = parts
  const known = await store.customer(fresh.reader)
  const customer = await payments.customerOf(fresh.reader, known)
  if (customer !== known) await store.saveCustomer(fresh.reader, customer)

  if (kindOf(fresh) === 'sale' && (await runsAlready(parts, fresh))) return subscribedAlready()
  const others = await settleOthers(parts, { fresh, mayReuse: customer === known })
  if (others === 'bought') return subscribedAlready()

  const attempt = others ?? fresh
  if (others === null) await store.saveAttempt(fresh)
  const refusal = await takeRedemption(parts, attempt)
  if (refusal !== null) return refusal
  return attempt.winsBack === null
    ? openPage(parts, attempt, customer)
    : winBack(parts, attempt, attempt.winsBack)
}

/** Only a sale leads to another subscription of this reader's: winning back keeps the one there is. */
function kindOf({ gift, winsBack }: Attempt): 'gift' | 'win_back' | 'sale' {
  if (gift !== null) return 'gift'
  return winsBack === null ? 'sale' : 'win_back'
}

/** Asks Stripe, for an event may be late or lost: what runs is then learnt. One that was never paid gives way. */
async function runsAlready(
  { payments, store, syncSubscription }: OpenCheckoutParts,
  { reader }: Attempt,
): Promise<boolean> {
  let runs = false
  for (const customer of await store.customers(reader)) {
    for (const { id, status } of await payments.runningSubscriptions(customer)) {
      if (status === 'incomplete') await payments.endNow(id, 'nothing')
      else runs = true
      await syncSubscription(id)
    }
  }
  return runs
}

/**
 * The reader's open attempt that is the same as the fresh one, if there is one; every other of its kind is closed.
 * `bought` when one of them turns out to have led to a subscription, or to have won it back.
 */
async function settleOthers(
  parts: OpenCheckoutParts,
  { fresh, mayReuse }: { fresh: Attempt; mayReuse: boolean },
): Promise<Attempt | 'bought' | null> {
  const { store, syncCheckout } = parts
  let same: Attempt | null = null
  for (const id of await store.openAttempts(fresh.reader)) {
    const other = await store.attempt(id)
    if (other === null || other.id === fresh.id) continue
    if (mayReuse && same === null && isSame(other, fresh) && (await isOpen(parts, other))) same = other
    else if (kindOf(other) === kindOf(fresh)) {
      const closed = await syncCheckout.close(other)
      if (closed === 'complete' && kindOf(fresh) !== 'gift') return 'bought'
    }
  }
  return same
}

/** Too little time is left on a page that is about to expire. Stripe opens none that has less than half an hour. */
const leastLeft = { openMs: 5 * 60_000, toBeOpenedMs: 30 * 60_000 + 30_000 }

function isSame(other: Attempt, fresh: Attempt): boolean {
  const leftMs = other.expiresAtMs - fresh.consent.atMs
  return (
    other.status === 'open' &&
    other.offer === fresh.offer &&
    other.consent.termsHash === fresh.consent.termsHash &&
    other.returnTo === fresh.returnTo &&
    other.language === fresh.language &&
    other.winsBack === fresh.winsBack &&
    leftMs > (other.session === null ? leastLeft.toBeOpenedMs : leastLeft.openMs)
  )
}

async function isOpen({ syncCheckout }: OpenCheckoutParts, { session }: Attempt): Promise<boolean> {
  return session === null || (await syncCheckout.look(session)) === 'open'
}

/** Taken when the attempt is written, so that whoever tidies up knows of it. */
async function takeRedemption(
  { store, mostRedemptions }: OpenCheckoutParts,
  attempt: Attempt,
): Promise<Problem | null> {
  const most = mostRedemptions(attempt)
  if (most === null || (await store.takeRedemption(attempt.offer, attempt.id, most))) return null
  await store.attemptEnded(attempt.id, 'expired')
  return new Problem('offer_unavailable', `The offer ${attempt.offer} is sold out.`, {
    more: { reason: 'sold_out' },
  })
}

/** The address is told when the session is noted, and only while the attempt is open: a page nobody knows is never paid. */
async function openPage(
  { payments, store, syncCheckout, pageOpened }: OpenCheckoutParts,
  attempt: Attempt,
  customer: string,
): Promise<{ attempt: string; url: string } | Problem> {
  const { session, url } = await payments.openCheckout(attempt, customer)
  await store.attemptOpened(attempt.id, session)
  const noted = await store.attempt(attempt.id)
  if (noted?.status === 'open') {
    await pageOpened(attempt)
    return { attempt: attempt.id, url }
  }
  await payments.closeCheckout(session)
  await syncCheckout.look(session)
  return new Problem('offer_unavailable', 'This attempt to buy was closed meanwhile.')
}

/** Nothing is paid now, so there is no page: the subscription goes on, and the reader goes where others come back to. */
async function winBack(
  { payments, store, syncSubscription, syncCheckout, serviceUrl }: OpenCheckoutParts,
  attempt: Attempt,
  subscription: string,
): Promise<{ attempt: string; url: string } | Problem> {
  if (!(await payments.winBack(subscription, attempt))) {
    await syncCheckout.close(attempt)
    await syncSubscription(subscription)
    return new Problem('offer_unavailable', 'The subscription that would go on has ended meanwhile.')
  }
  await syncSubscription(subscription)
  await store.attemptEnded(attempt.id, 'complete')
  const url = new URL('/checkout/return', serviceUrl)
  url.searchParams.set('attempt', attempt.id)
  return { attempt: attempt.id, url: url.href }
}

function subscribedAlready(): Problem {
  return new Problem('already_subscribed', 'This reader has a subscription that is running.')
}
