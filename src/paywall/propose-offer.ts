import type { OfferFacts } from '../offers/conditions.ts'
import type { Device } from '../offers/device.ts'
import type { IsSoldOut } from '../offers/sold-out.ts'
import type { PlannedOffer } from './rules.ts'
import type { TakenDecision } from './take-decision.ts'

export type ProposalParts = {
  /** The offers by which a reader has ever had access. */
  boughtOffers: (reader: string) => Promise<readonly string[]>
  isSoldOut: IsSoldOut
  /** Hears that the store could not be asked. */
  onStoreAway: (error: unknown) => void
}

/** What a visit shows of itself to offers. */
export type OfferVisit = { country: string | null; device: Device | null; referrer: string | null }

/** The offer that stands beside a decision, if one does, and what it was chosen by. */
export type Proposal = { offer: PlannedOffer | null; facts: OfferFacts }

/**
 * Chooses the offer for the reader of a decision. Learns only what the offers of this moment ask: as long as they ask
 * nothing of a reader's past purchases it answers at once, with what the decision knows already.
 */
export function proposeOffer(
  parts: ProposalParts,
  taken: TakenDecision,
  { reader, lookAtVisit }: { reader: string; lookAtVisit: () => OfferVisit },
): Proposal | Promise<Proposal> {
  const { rules, now } = taken.question
  const { needs } = rules.wallOffers(now)
  const visit = needs.visit ? lookAtVisit() : nothingSeen
  const { isSoldOut } = parts
  if (!needs.bought) return proposalFor(taken, { visit, bought: null, isSoldOut })
  return boughtBy(parts, reader).then((bought) => proposalFor(taken, { visit, bought, isSoldOut }))
}

/** The choice itself: a pure function of the decision and of what else is known. */
export function proposalFor(
  taken: TakenDecision,
  known: { visit: OfferVisit; bought: readonly string[] | null; isSoldOut: IsSoldOut },
): Proposal {
  const { question, facts: seen } = taken
  const { now, registered, article, rules } = question
  const { needs, choose } = rules.wallOffers(now)
  const { visit, bought, isSoldOut } = known
  const facts: OfferFacts = {
    ...visit,
    now,
    registered,
    hasReadBefore: needs.history ? hasReadBefore(taken) : null,
    subscription: isSubscribed(seen, now) ? 'running' : 'none',
    bought,
    section: article.section ?? null,
    isSoldOut,
  }
  return { offer: choose(facts), facts }
}

const nothingSeen: OfferVisit = { country: null, device: null, referrer: null }

/** Null when the store cannot be asked: the reader then meets the offers that ask nothing of the past. */
async function boughtBy(
  { boughtOffers, onStoreAway }: ProposalParts,
  reader: string,
): Promise<readonly string[] | null> {
  try {
    return await boughtOffers(reader)
  } catch (error) {
    onStoreAway(error)
    return null
  }
}

function hasReadBefore({ question: { rules, now }, facts }: TakenDecision): boolean | null {
  if (facts === null) return null
  const todaySeconds = rules.dayStart(now) / 1000
  return facts.views.some(({ article, atSeconds }) => article !== 0 && atSeconds < todaySeconds)
}

function isSubscribed(facts: TakenDecision['facts'], now: number): boolean {
  return facts !== null && facts.access !== null && facts.access.untilMs > now
}
