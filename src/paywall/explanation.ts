import { z } from 'zod'
import { winsBack } from '../offers/audience.ts'
import { offerStatus } from '../offers/choose-offer.ts'
import { conditionsOf } from '../offers/conditions.ts'
import { outcomeOf, type Rule, type RuleName, rules, type Situation, stateOf } from './decision.ts'
import type { Proposal } from './propose-offer.ts'
import type { PlannedOffer, SiteRules } from './rules.ts'
import type { TakenDecision } from './take-decision.ts'

/** Why a decision was what it was: each rule that was asked, in order, with what it saw, and the offers looked at. */
export const explanationSchema = z
  .object({
    rules: z
      .array(
        z.object({
          rule: z.string().describe('The rule’s name'),
          answered: z.boolean().describe('Whether this rule decided; the rules after it were not asked'),
          says: z.string().describe('What it saw, in a sentence'),
        }),
      )
      .describe('The rules that were asked, in the order of the metering specification'),
    offers: z
      .array(z.object({ id: z.string(), chosen: z.boolean(), says: z.string() }))
      .describe('Every offer of the site, and why it was chosen or not'),
  })
  .describe('Why')

export type Explanation = z.infer<typeof explanationSchema>

/** Tells a decision in sentences. It asks the very rules that decided, so it cannot tell another story. */
export function explain(taken: TakenDecision, proposal: Proposal): Explanation {
  const asked = askedRules(taken)
  return {
    rules: asked.map(({ rule, answered }) => ({
      rule: rule.name,
      answered,
      says: sentences[rule.name](taken, answered),
    })),
    offers: offerReasons(taken, proposal),
  }
}

function askedRules(situation: Situation): { rule: Rule; answered: boolean }[] {
  const asked: { rule: Rule; answered: boolean }[] = []
  for (const rule of rules) {
    const answered = rule.ask(situation) !== null
    asked.push({ rule, answered })
    if (answered) break
  }
  return asked
}

type Sentence = (situation: Situation, answered: boolean) => string

const sentences: Record<RuleName, Sentence> = {
  free_article: ({ question }, answered) =>
    answered ? 'The article is free to all.' : `The article is ${question.article.class}, not free.`,
  store: (_situation, answered) =>
    answered ? 'The store could not be asked; the site’s policy answered.' : 'The store answered.',
  subscription({ question, facts }, answered) {
    const access = facts?.access ?? null
    if (access === null) return 'The reader has no subscription.'
    const until = question.rules.writeInstant(access.untilMs)
    if (!answered) return `The reader’s access ended at ${until}.`
    return access.standing === 'grace'
      ? `The reader owes a payment and may read until ${until}.`
      : `The reader is a subscriber until ${until}.`
  },
  exemption: ({ question: { exemption } }) =>
    exemption === null
      ? 'No gift, network, crawler or staff preview applies.'
      : `The visit is exempt: ${exemption.reason} (${exemption.by}).`,
  allowance({ question: { allowance } }, answered) {
    if (allowance === null) return 'No referrer or campaign gives an allowance.'
    return answered
      ? `${allowance.id} opens it: ${allowance.limit.anonymous} articles in its window.`
      : `${allowance.id} is used up: ${allowance.limit.anonymous} articles in its window.`
  },
  premium_wall: (_situation, answered) =>
    answered ? 'The article is premium: for subscribers only.' : 'The article is not premium.',
  registration_wall({ question }, answered) {
    if (question.article.class !== 'registered') return 'The article does not need an account.'
    return answered ? 'The article needs an account, and the reader has none.' : 'The reader has an account.'
  },
  meter(situation) {
    const state = stateOf(situation)
    if (state === null) return 'No meter counts the article.'
    const { rules: site, registered, lateAt } = situation.question
    const late = lateAt === null ? '' : ' who came late among the new ones of their network'
    const kind = registered ? 'registered' : 'anonymous'
    const count = `${state.used} of ${state.limit} (${kind} readers${late}, meter ${state.id}, window ${state.window}), a view comes back at ${site.writeInstant(state.resetsAtMs)}`
    const said = {
      reread: 'has been counted before, so it stays open',
      counted: 'is open',
      stopped: 'is refused: no free view is left',
    }[outcomeOf(situation).kind]
    return `The article ${said}; used ${count}.`
  },
}

function offerReasons({ question, decision }: TakenDecision, proposal: Proposal): Explanation['offers'] {
  return question.rules.offers.map((offer) => ({
    id: offer.id,
    chosen: decision.proposes && proposal.offer?.id === offer.id,
    says: offerSentence(offer, { question, decision, proposal }),
  }))
}

function offerSentence(
  offer: PlannedOffer,
  { question, decision, proposal }: Pick<TakenDecision, 'question' | 'decision'> & { proposal: Proposal },
): string {
  const { now, rules: site } = question
  const status = offerStatus(offer, now)
  if (status === 'ended') return `Ended at ${writtenInstant(offer.endsAt, site)}.`
  if (status === 'not_started') return `Starts at ${writtenInstant(offer.startsAt, site)}.`
  if (offer.gift !== undefined) return 'Runs, but is a gift, which no wall proposes.'
  if (winsBack(offer)) return 'Runs, but is for readers who are cancelling, whom no wall stops.'
  if (offer.id === proposal.offer?.id) {
    return decision.proposes
      ? 'Runs, and is the first by priority.'
      : 'Would be shown, but nothing is offered on an article that opens so.'
  }
  const best = proposal.offer
  if (best !== null && isBefore(best, offer, site)) return `Runs, but ${best.id} comes first by priority.`
  const [refusal] = conditionsOf(offer).flatMap(({ refuses }) => refuses(offer, proposal.facts) ?? [])
  return `Runs, but ${refusal}.`
}

/** Whether one offer is looked at before another: by priority, then in configured order. */
function isBefore(one: PlannedOffer, other: PlannedOffer, { offers }: SiteRules): boolean {
  return one.priority === other.priority
    ? offers.indexOf(one) < offers.indexOf(other)
    : one.priority > other.priority
}

function writtenInstant(instant: string | undefined, site: SiteRules): string {
  return instant === undefined ? 'no time' : site.writeInstant(Date.parse(instant))
}
