import type { SiteRules } from '../paywall/rules.ts'
import { addMonths } from '../time.ts'
import { isPaused, wentBack } from './access.ts'
import type { Attempt } from './attempt.ts'
import type { Payments } from './payments.ts'
import type { GiftRedemption, SubscriptionStore } from './subscription-store.ts'
import type { SyncGift } from './sync-gift.ts'

/** A gift as one reader finds it. `theirs` and `taken` have been redeemed, by this reader or by another. */
export type GiftState =
  | { kind: 'open'; attempt: Attempt; untilMs: number }
  | { kind: 'theirs' | 'taken'; attempt: Attempt; redemption: GiftRedemption }
  | { kind: 'subscribed'; attempt: Attempt }
  | { kind: 'unpaid' | 'refunded' | 'disputed'; attempt: Attempt }

export type Gifts = {
  /** How a gift stands for a reader; `untilMs`, if it were redeemed now. Null where there is no such gift. */
  look(gift: GiftRequest): Promise<GiftState | null>
  /** The gift is this reader's from now on, if it is open. Answers how it then stands. May be repeated. */
  redeem(gift: GiftRequest): Promise<GiftState | null>
}

/** `attempt` is what the gift was bought by, `reader` the key of `readerKey()`, `now` epoch milliseconds. */
export type GiftRequest = { attempt: string; reader: string; site: SiteRules; now: number }

/** A gift is redeemed once, by a reader without a subscription. Each rejects with PaymentsUnavailable. */
export function createGifts(parts: {
  payments: Payments
  store: SubscriptionStore
  syncGift: SyncGift
}): Gifts {
  const { payments, store, syncGift } = parts

  async function look({ attempt: id, reader, site, now }: GiftRequest): Promise<GiftState | null> {
    const attempt = await store.attempt(id)
    if (attempt === null || attempt.gift === null || attempt.session === null) return null
    if (attempt.site !== site.site.id) return null
    const { gift: payment } = await payments.checkout(attempt.session)
    if (payment === null || !payment.paid) return { kind: 'unpaid', attempt }
    if (attempt.refused !== null || wentBack(payment)) return { kind: 'refunded', attempt }
    if (isPaused(payment, site.site)) return { kind: 'disputed', attempt }
    const redemption = await store.giftRedemption(id)
    if (redemption !== null)
      return { kind: redemption.reader === reader ? 'theirs' : 'taken', attempt, redemption }
    const access = await store.access(reader)
    if (access !== null && access.untilMs > now) return { kind: 'subscribed', attempt }
    const untilMs = addMonths(now, attempt.gift.months, site.site.timeZone)
    return { kind: 'open', attempt, untilMs }
  }

  return {
    look,
    async redeem(gift) {
      const state = await look(gift)
      if (state?.kind === 'open') {
        await store.redeemGift(gift.attempt, { reader: gift.reader, atMs: gift.now, untilMs: state.untilMs })
      } else if (state?.kind !== 'theirs') return state
      await syncGift(gift.attempt)
      return look(gift)
    },
  }
}
