import { accessFromGift } from './access.ts'
import type { Attempt } from './attempt.ts'
import { giftId } from './gift-id.ts'
import type { Payments } from './payments.ts'
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
  now: () => number
}

/** For gifts what createSyncSubscription is for subscriptions. */
export function createSyncGift(parts: SyncGiftParts): SyncGift {
  const { payments, store, policyOf, giftPaid, now } = parts
  return async (id) => {
    const attempt = await store.attempt(id)
    if (attempt === null || attempt.gift === null || attempt.session === null) return 'not_ours'
    const ticket = await store.takeTicket()
    const { status, gift: payment } = await payments.checkout(attempt.session)
    if (status !== 'complete' || payment === null) return 'not_ours'
    if (payment.paid && !payment.refunded) await giftPaid(attempt)
    const redemption = await store.giftRedemption(id)
    if (redemption === null || redemption.reader === forgottenReader(attempt.site)) {
      await store.attemptEnded(id, 'complete')
      return 'same'
    }
    const { reader, untilMs } = redemption
    const access = accessFromGift({ attempt, payment, untilMs, policy: policyOf(attempt.site) })
    const learnt = await store.saveAccess({
      reader,
      attempt: giftId(id),
      subscription: giftId(id),
      access,
      isOver: access === null || untilMs <= now(),
      ticket,
    })
    await store.attemptEnded(id, 'complete')
    return learnt
  }
}
