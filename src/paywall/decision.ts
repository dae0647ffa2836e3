import { type MeterState, meterState } from '../metering/meter-question.ts'
import type { ReaderFacts, RecordedView } from '../metering/meter-store.ts'
import { judge } from '../metering/views.ts'
import type { Standing } from '../subscriptions/access.ts'
import type { Plan, Question } from './question.ts'
import type { Wall } from './wall.ts'

export type Reason =
  | 'free'
  | Standing
  | 'gift'
  | 'network'
  | 'crawler'
  | 'staff'
  | 'referrer'
  | 'reread'
  | 'metered'
  | 'store_unavailable'
  | 'meter_stop'
  | 'registration_required'
  | 'subscription_required'

export type Decision = {
  granted: boolean
  reason: Reason
  meter: MeterState | null
  wall: Wall | null
  /** Whether an offer belongs beside it. */
  proposes: boolean
  /** The id of the nudge that brings the offer to an article that stays open. */
  nudge: string | null
}

/** What a rule looks at. `facts` are null when the store could not be asked. */
export type Situation = { question: Question; plan: Plan; facts: ReaderFacts | RecordedView | null }

/** One of the questions of spec rule 10: answers with the decision, or null to let the next one be asked. */
export type Rule = { name: RuleName; ask: (situation: Situation) => Decision | null }

export type RuleName =
  | 'free_article'
  | 'store'
  | 'subscription'
  | 'exemption'
  | 'allowance'
  | 'premium_wall'
  | 'registration_wall'
  | 'meter'

/** The questions in the order of spec rule 10: the first that answers is the reason. */
export const rules: readonly Rule[] = [
  {
    name: 'free_article',
    ask: ({ question }) => (question.article.class === 'free' ? granted('free') : null),
  },
  {
    name: 'store',
    ask: ({ question, facts }) => (facts === null ? storeUnavailable(question) : null),
  },
  {
    name: 'subscription',
    ask: ({ question, facts }) =>
      facts?.access && facts.access.untilMs > question.now ? granted(facts.access.standing) : null,
  },
  {
    name: 'exemption',
    ask: ({ question: { exemption } }) => (exemption === null ? null : granted(exemption.reason)),
  },
  {
    name: 'allowance',
    ask(situation) {
      const { allowance } = situation.question
      const outcome = outcomeOf(situation)
      if (allowance === null || outcome.kind === 'stopped') return null
      if (outcome.kind === 'reread') return { ...granted('reread'), meter: stateOf(situation) }
      return outcome.meter === 0 ? { ...granted('referrer'), meter: stateOf(situation) } : null
    },
  },
  {
    name: 'premium_wall',
    ask: ({ question }) =>
      question.article.class === 'premium'
        ? refused('subscription_required', 'subscription', question)
        : null,
  },
  {
    name: 'registration_wall',
    ask: ({ question }) =>
      question.article.class === 'registered' && !question.registered
        ? refused('registration_required', 'registration', question)
        : null,
  },
  { name: 'meter', ask: askMeter },
]

/**
 * The decision: a pure function of the question, what was planned for it, and what the store knows of the reader.
 */
export function decide(question: Question, plan: Plan, facts: ReaderFacts | RecordedView | null): Decision {
  const situation = { question, plan, facts }
  for (const rule of rules) {
    const decision = rule.ask(situation)
    if (decision !== null) return decision
  }
  throw new Error('the meter always answers')
}

function askMeter(situation: Situation): Decision {
  const { question, plan } = situation
  const meter = stateOf(situation)
  const outcome = outcomeOf(situation)
  if (outcome.kind === 'stopped') return { ...refused('meter_stop', stopWall(situation), question), meter }
  if (outcome.kind === 'reread') return { ...granted('reread'), meter }
  const nudge = outcome.nudge === null ? undefined : plan.nudges[outcome.nudge]
  if (nudge === undefined) return { ...granted('metered'), meter }
  return { ...granted('metered'), meter, proposes: true, nudge: nudge.id }
}

/** An account that would give more free articles is asked for before a subscription. */
function stopWall({ question: { registered, rules }, plan }: Situation): Wall['kind'] {
  const limit = plan.commit?.meters.at(-1)?.limit ?? 0
  const moreForAccounts = plan.meter !== null && plan.meter.limit.registered > limit
  return !registered && moreForAccounts && rules.walls.registration !== null ? 'registration' : 'subscription'
}

type Outcome =
  | { kind: 'counted'; meter: number; nudge: number | null }
  | { kind: 'reread' }
  | { kind: 'stopped' }

/** What the commit met, or would meet if this was only asked. A nudge is shown only where a view was counted. */
export function outcomeOf({ plan, facts }: Situation): Outcome {
  if (plan.commit === null || facts === null) return { kind: 'stopped' }
  if (!('judgement' in facts)) {
    const judgement = judge(facts.views, plan.commit)
    return judgement.outcome === 'counted'
      ? { kind: 'counted', meter: judgement.meter, nudge: null }
      : { kind: judgement.outcome }
  }
  const { judgement } = facts
  if (judgement.outcome === 'counted')
    return { kind: 'counted', meter: judgement.meter, nudge: judgement.nudge }
  return { kind: judgement.outcome === 'reread' ? 'reread' : 'stopped' }
}

/** Where the reader stands with the article's own meter. */
export function stateOf({ question: { now }, plan, facts }: Situation): MeterState | null {
  const bounds = plan.commit?.meters.at(-1)
  if (plan.meter === null || bounds === undefined || facts === null) return null
  return meterState(plan.meter, { bounds, views: facts.views, now })
}

/** Spec rule 12: the site's policy answers. */
function storeUnavailable(question: Question): Decision {
  return question.rules.site.whenStoreUnavailable === 'open'
    ? granted('store_unavailable')
    : refused('store_unavailable', 'subscription', question)
}

function granted(reason: Reason): Decision {
  return { granted: true, reason, meter: null, wall: null, proposes: false, nudge: null }
}

function refused(reason: Reason, kind: Wall['kind'], { rules }: Question): Decision {
  const wall =
    kind === 'registration' && rules.walls.registration ? rules.walls.registration : rules.walls.subscription
  return { granted: false, reason, meter: null, wall, proposes: true, nudge: null }
}
