import { rememberLast } from '../remembered.ts'
import { winsBack } from './audience.ts'
import { type Condition, conditionsOf, type OfferFacts } from './conditions.ts'
import type { Offer } from './offer.ts'

/** Of one site's offers, those that may stand at a wall at an instant (epoch ms, whole seconds). */
export type WallOffers<Candidate extends Offer> = (now: number) => Candidates<Candidate>

export type Candidates<Candidate extends Offer> = {
  /** Which facts beyond time, section and registration can make a difference: the rest need not be learnt. */
  needs: { visit: boolean; history: boolean; bought: boolean }
  /** The one to propose: the first by priority that asks nothing these facts do not answer; null if there is none. */
  choose: (facts: OfferFacts) => Candidate | null
}

/** `offers` are those of one site in configured order; of two of equal priority the earlier one comes first. */
export function prepareWallOffers<Candidate extends Offer>(
  offers: readonly Candidate[],
): WallOffers<Candidate> {
  const prepared = offers
    .filter(isForWalls)
    .map((offer) => ({ offer, asks: conditionsOf(offer) }))
    .sort((one, other) => other.offer.priority - one.offer.priority)
  return rememberLast((now) => candidates(prepared, now))
}

/** A gift is for somebody else, and whoever is cancelling meets no wall. */
export function isForWalls(offer: Offer): boolean {
  return offer.gift === undefined && !winsBack(offer)
}

/** Where `now` (epoch ms) lies in the offer's time: it runs from `startsAt` on and no longer at `endsAt`. */
export function offerStatus(offer: Offer, now: number): 'running' | 'not_started' | 'ended' {
  if (offer.endsAt !== undefined && now >= Date.parse(offer.endsAt)) return 'ended'
  if (offer.startsAt !== undefined && now < Date.parse(offer.startsAt)) return 'not_started'
  return 'running'
}

type Prepared<Candidate> = { offer: Candidate; asks: readonly Condition[] }

/** What comes after an offer that asks nothing is never reached. */
function candidates<Candidate extends Offer>(
  prepared: readonly Prepared<Candidate>[],
  now: number,
): Candidates<Candidate> {
  const running = prepared.filter(({ offer }) => offerStatus(offer, now) === 'running')
  const last = running.findIndex(({ asks }) => asks.length === 0)
  const reachable = last === -1 ? running : running.slice(0, last + 1)
  return {
    needs: needsOf(reachable.map(({ offer }) => offer)),
    choose: (facts) => reachable.find(({ offer, asks }) => fits(offer, asks, facts))?.offer ?? null,
  }
}

function fits(offer: Offer, asks: readonly Condition[], facts: OfferFacts): boolean {
  return asks.every(({ refuses }) => refuses(offer, facts) === null)
}

function needsOf(offers: readonly Offer[]): Candidates<Offer>['needs'] {
  const kinds = new Set(offers.flatMap(({ audience = [] }) => audience))
  return {
    visit: offers.some(({ countries, devices, referrers }) => countries ?? devices ?? referrers),
    history: kinds.has('new') || kinds.has('returning'),
    bought:
      kinds.has('ended') ||
      kinds.has('never_subscribed') ||
      offers.some(({ oncePerReader }) => oncePerReader),
  }
}
