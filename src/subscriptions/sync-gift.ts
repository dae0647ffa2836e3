import type { Logger } from 'pino'
import { accessFromGift, isRevoked, wentBack } from './access.ts'
import { isChargeAsAgreed } from './as-agreed.ts'
import type { Attempt, AttemptRefusal } from './attempt.ts'
import { giftId } from './gift-id.ts'
import type { CheckoutState, Payments } from './payments.ts'
import type { AccessPolicy } from './policy.ts'
import { forgottenReader, type SubscriptionStore } from './subscription-store.ts'
import type { Learnt } from './sync-subscription.ts'

/** Learns from Stripe how a gift was paid, and writes what it gives whoever has redeemed it. Rejects if it could not. */
export type SyncGift = (attempt: string) => Promise<Learnt>

export type SyncGiftParts = {
  payments: Payments
  store: SubscriptionStore
  policyOf: (site: string) => AccessPolicy
  /** Hears that a gift has been paid, as often as anybody asks. */
  giftPaid: (attempt: Attempt) => Promise<void>
  purchaseRefused: (refusal: AttemptRefusal) => void
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

/** For gifts what createSyncSubscription is for subscriptions. */
export function createSyncGift(parts: SyncGiftParts): SyncGift {
  const { payments, store, policyOf, giftPaid, now } = parts
  return async (id) => {
    const attempt = await store.attempt(id)
    if (attempt === null || attempt.gift === null || attempt.session === null) return 'not_ours'
    const ticket = await store.takeTicket()
    const state = await payments.checkout(attempt.session)
    const { status, gift: payment } = state
    if (status !== 'complete' || payment === null) return 'not_ours'
    if (await refuse(parts, { attempt, session: attempt.session, state })) return 'same'
    if (payment.paid && !wentBack(payment)) await giftPaid(attempt)
    const redemption = await store.giftRedemption(id)
    if (redemption === null || redemption.reader === forgottenReader(attempt.site)) {
      await store.attemptEnded(id, 'complete')
      return 'same'
    }
    const { reader, untilMs } = redemption
    const policy = policyOf(attempt.site)
    const learnt = await store.saveAccess({
      reader,
      attempt: giftId(id),
      subscription: giftId(id),
      access: accessFromGift({ attempt, payment, untilMs, policy }),
      isOver: !payment.paid || isRevoked(payment, policy) || untilMs <= now(),
      ticket,
    })
    await store.attemptEnded(id, 'complete')
    return learnt
  }
}

/**
 * Whether a gift may not stand, for something else was charged than was agreed to: its money goes back, and nobody can
 * redeem it. A bank that pays slowly may pay after that, so this is looked at each time.
 */
async function refuse(
  { payments, store, purchaseRefused, log }: SyncGiftParts,
  { attempt, session, state }: { attempt: Attempt; session: string; state: CheckoutState },
): Promise<boolean> {
  const { charged, gift } = state
  const isKnown = attempt.status === 'complete'
  const isAsAgreed = charged === null || isChargeAsAgreed(charged, attempt)
  if (isKnown ? attempt.refused === null : isAsAgreed) return false
  if (gift?.paid && gift.reversal === null) await payments.giveBackGift(session)
  if (isKnown) return true
  const refused = 'wrong_amount'
  log.warn({ attempt: attempt.id, refused }, 'a gift was refunded')
  purchaseRefused(refused)
  await store.attemptEnded(attempt.id, 'complete', refused)
  return true
}
