import type { Offer } from './offer.ts'

/**
 * The offer to propose at `now` (epoch ms) among one site's `offers` in configured order: the highest priority of
 * those that meet every condition, the earlier one of equals; null if none does.
 */
export function chooseOffer<Candidate extends Offer>({
  offers,
  now,
}: {
  offers: readonly Candidate[]
  now: number
}): Candidate | null {
  let chosen: Candidate | null = null
  for (const offer of offers) {
    if (!conditions.every((holds) => holds(offer, { now }))) continue
    if (chosen === null || offer.priority > chosen.priority) chosen = offer
  }
  return chosen
}

/** Where `now` (epoch ms) lies in the offer's time: it runs from `startsAt` on and no longer at `endsAt`. */
export function offerStatus(offer: Offer, now: number): 'running' | 'not_started' | 'ended' {
  if (offer.endsAt !== undefined && now >= Date.parse(offer.endsAt)) return 'ended'
  if (offer.startsAt !== undefined && now < Date.parse(offer.startsAt)) return 'not_started'
  return 'running'
}

type Condition = (offer: Offer, situation: { now: number }) => boolean

const isRunning: Condition = (offer, { now }) => offerStatus(offer, now) === 'running'

/** All must hold for an offer to be proposed. */
const conditions: readonly Condition[] = [isRunning]
