import type { GiftFor } from '../exemptions/gift-for.ts'
import type { Exemption, Visit } from '../exemptions/prepare-exemptions.ts'
import { Problem } from '../http/problem.ts'
import type { MeterStore, ReaderFacts, RecordedView } from '../metering/meter-store.ts'
import type { Asked } from './ask.ts'
import { type Decision, decide } from './decision.ts'
import { type Plan, planOf, type Question } from './question.ts'

/** What a decision asks of the world outside of it. */
export type DecisionParts = {
  meter: MeterStore
  /** Looks at a gift link; redeems it for this reader where `count` is true. */
  giftFor: GiftFor
  /** Hears that the store could not be asked. */
  onStoreAway: (error: unknown) => void
}

/** A decision with all that it was taken from, so that it can explain itself. */
export type TakenDecision = {
  question: Question
  plan: Plan
  facts: ReaderFacts | RecordedView | null
  decision: Decision
}

/**
 * Learns what the decision needs, in one round trip to the store (none for an article that is free to all, one more for
 * a gift link), and takes it. `count` says whether the view is counted or only asked about (spec rule 5).
 */
export async function takeDecision(
  parts: DecisionParts,
  { asked, visit, count }: { asked: Asked; visit: Visit; count: boolean },
): Promise<TakenDecision | Problem> {
  const { registered, lateAt, site: rules, now, body } = asked
  if (rules.exemptions.blockedBy(visit) !== null) {
    return new Problem('network_blocked', 'Requests from this network are not answered.')
  }
  const isFree = body.article.class === 'free'
  const found = isFree ? null : rules.exemptions.openFor(visit)
  let exemption = found instanceof Promise ? await found : found
  // A gift is opened last, for opening it uses it up.
  if (exemption === null && body.gift !== undefined && !isFree)
    exemption = await openGift(parts, asked, count)
  const allowance = isFree ? null : rules.exemptions.allowanceFor(visit)
  const question = { article: body.article, registered, lateAt, rules, now, exemption, allowance }

  const plan = planOf(question)
  const facts = isFree ? nothingKnown : await factsFor(parts, { reader: asked.reader, plan, count })
  return { question, plan, facts, decision: decide(question, plan, facts) }
}

/** A subscriber needs no gift, so theirs is not used up. Without the store a gift opens nothing of its own. */
async function openGift(
  { meter, giftFor, onStoreAway }: DecisionParts,
  { reader, site, now, body }: Asked,
  count: boolean,
): Promise<Exemption | null> {
  try {
    const { access } = await meter.readerFacts(reader)
    if (access !== null && access.untilMs > now) return null
    return await giftFor({
      token: body.gift ?? '',
      site: site.site,
      article: body.article.id,
      reader,
      count,
      now,
    })
  } catch (error) {
    onStoreAway(error)
    return null
  }
}

/** Null when the store cannot be asked (spec rule 12). */
function factsFor(
  { meter, onStoreAway }: DecisionParts,
  { reader, plan, count }: { reader: string; plan: Plan; count: boolean },
): Promise<ReaderFacts | RecordedView | null> {
  const asked: Promise<ReaderFacts | RecordedView | null> =
    plan.commit !== null && count ? meter.recordView(reader, plan.commit) : meter.readerFacts(reader)
  return asked.catch((error) => {
    onStoreAway(error)
    return null
  })
}

const nothingKnown: ReaderFacts = { views: [], access: null }
