import type { SiteRules } from '../paywall/rules.ts'
import type { Attempt } from './attempt.ts'
import { type InTime, inTime } from './in-time.ts'
import type { GiftState, Gifts } from './redeem-gift.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/** A gift that a reader has paid for. `open`: nobody has accepted it yet. */
export type BoughtGift =
  | { attempt: Attempt; state: UnacceptedState }
  | { attempt: Attempt; state: 'accepted'; atMs: number }

type UnacceptedState = 'open' | 'unpaid' | 'refunded' | 'disputed'

/**
 * The gifts that a reader has bought, the latest first. Of those that nobody has accepted the payment service is asked
 * whether the money has come and stayed; where it does not answer in time they are told as open.
 */
export async function giftsBoughtBy(
  { store, gifts }: { store: SubscriptionStore; gifts: Pick<Gifts, 'look'> },
  { reader, site, now }: { reader: string; site: SiteRules; now: number },
): Promise<BoughtGift[]> {
  const held = await store.heldBy(reader)
  const attempts = await Promise.all(held.attempts.map((id) => store.attempt(id)))
  const bought = attempts.filter((each) => each !== null && each.gift !== null && each.status === 'complete')
  const told = await Promise.all(
    bought.map(async (attempt) => {
      if (attempt === null) return []
      const redemption = await store.giftRedemption(attempt.id)
      if (redemption !== null) return [{ attempt, state: 'accepted', atMs: redemption.atMs } as const]
      const state = await inTime(gifts.look({ attempt: attempt.id, reader, site, now }))
      return [{ attempt, state: stateOf(state) } as const]
    }),
  )
  return told.flat().sort((one, other) => other.attempt.consent.atMs - one.attempt.consent.atMs)
}

/** Who has bought it may be a subscriber, which keeps nobody else from accepting it. */
function stateOf(state: InTime<GiftState | null>): UnacceptedState {
  if (state === 'away' || state === null) return 'open'
  switch (state.kind) {
    case 'unpaid':
    case 'refunded':
    case 'disputed':
      return state.kind
    default:
      return 'open'
  }
}
