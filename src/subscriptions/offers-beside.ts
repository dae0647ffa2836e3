import type { IsSoldOut } from '../offers/sold-out.ts'
import type { PlannedOffer } from '../paywall/rules.ts'
import type { AskingReader } from '../readers/asking-reader.ts'
import { buyerOf } from './buyer.ts'
import { offersBesideTheWall } from './eligibility.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/** What no wall shows and this reader may have now: to stay, or to give. `now` in epoch milliseconds. */
export async function offersBeside(
  { store, isSoldOut }: { store: SubscriptionStore; isSoldOut: IsSoldOut },
  { asking, country, now }: { asking: AskingReader; country: string | null; now: number },
): Promise<PlannedOffer[]> {
  const { reader, account, site } = asking
  const buyer = await buyerOf(store, { reader, registered: account !== null, country })
  return offersBesideTheWall(site.offers, { buyer, isSoldOut, now })
}
