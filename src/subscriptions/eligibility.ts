import { Problem } from '../http/problem.ts'
import { winsBack } from '../offers/audience.ts'
import { isForWalls, offerStatus } from '../offers/choose-offer.ts'
import { conditionsOf, type OfferFacts } from '../offers/conditions.ts'
import { periodOf } from '../offers/plan.ts'
import type { IsSoldOut } from '../offers/sold-out.ts'
import type { PlannedOffer } from '../paywall/rules.ts'
import type { Access } from './access.ts'
import type { Attempt } from './attempt.ts'

/** What is known of a reader who wants to buy. */
export type Buyer = {
  registered: boolean
  /** ISO 3166-1 alpha-2; null where it is not known. */
  country: string | null
  /** The offers by which the reader has ever had access. */
  bought: readonly string[]
  /** The access the reader has or had last, with the attempt it came by. */
  held: Held | null
}

export type Held = { access: Access; attempt: Attempt | null }

/** Why this reader may not buy an offer that runs at `now` (epoch ms), or null. Its total is not looked at here. */
export function refuseBuyer(offer: PlannedOffer, buyer: Buyer, now: number): Problem | null {
  const subscription = subscriptionOf(buyer, now)
  if (subscription !== 'none' && offer.gift === undefined && !winsBack(offer)) {
    return new Problem('already_subscribed', 'This reader has a subscription that is running.')
  }
  const facts: OfferFacts = { ...nothingSeen, ...buyer, now, subscription }
  for (const { about, name, refuses } of conditionsOf(offer)) {
    const reason = about === 'reader' ? refuses(offer, facts) : null
    if (reason !== null) return unavailable(offer, name, reason)
  }
  return winsBack(offer) ? refuseToGoOn(offer, buyer) : null
}

/** What no wall shows and this reader may have at `now` (epoch ms), the first by priority first: to stay, or to give. */
export function offersBesideTheWall(
  offers: readonly PlannedOffer[],
  { buyer, isSoldOut, now }: { buyer: Buyer; isSoldOut: IsSoldOut; now: number },
): PlannedOffer[] {
  return offers
    .filter((offer) => !isForWalls(offer) && offerStatus(offer, now) === 'running')
    .filter((offer) => refuseBuyer(offer, buyer, now) === null && !isSoldOut(offer))
    .sort((one, other) => other.priority - one.priority)
}

/** A cancelled subscription that can go on: one of the reader's own, not a gift they have redeemed. */
export function goesOn(held: Held): held is { access: Access & { endsAtMs: number }; attempt: Attempt } {
  return held.access.endsAtMs !== null && held.attempt !== null && held.attempt.gift === null
}

/** Where an offer is shown is no matter of who may buy it; what is left is counted when one is taken. */
const nothingSeen = {
  hasReadBefore: null,
  section: null,
  device: null,
  referrer: null,
  isSoldOut: () => false,
} as const

function subscriptionOf({ held }: Buyer, now: number): OfferFacts['subscription'] {
  if (held === null || held.access.untilMs <= now) return 'none'
  return goesOn(held) ? 'cancelling' : 'running'
}

/** The terms speak of the plan's price and of the next bills, so these must be those of the subscription there is. */
function refuseToGoOn(offer: PlannedOffer, { held }: Buyer): Problem | null {
  if (held === null || !goesOn(held)) return unavailable(offer, 'audience', 'is for cancelling readers only')
  const { access, attempt } = held
  if (!isOfSamePlan(offer, attempt)) {
    return unavailable(
      offer,
      'other_subscription',
      'is for subscriptions to another plan or at another price',
    )
  }
  if (reachesNextBill(attempt, access.endsAtMs)) {
    return unavailable(
      offer,
      'intro_running',
      'does not go together with an introductory price still to be billed',
    )
  }
  return null
}

function isOfSamePlan({ soldPlan }: PlannedOffer, { plan, regular, every }: Attempt): boolean {
  const { unit, count } = periodOf(soldPlan)
  const { amount, currency } = soldPlan.price
  return (
    plan === soldPlan.id &&
    regular.amount === amount &&
    regular.currency === currency &&
    every.unit === unit &&
    every.count === count
  )
}

/** Whether the bill at an instant (epoch ms) would hold something of the intro the subscription was bought with. */
function reachesNextBill({ intro }: Attempt, nextBillAtMs: number): boolean {
  if (intro === null) return false
  if (intro.kind === 'discount') return intro.endsAtMs > nextBillAtMs
  return intro.collected === 'with_first_bill' && intro.endsAtMs >= nextBillAtMs
}

function unavailable(offer: PlannedOffer, reason: string, says: string): Problem {
  return new Problem('offer_unavailable', `The offer ${offer.id} ${says}.`, { more: { reason } })
}
