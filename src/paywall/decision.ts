import { type MeterState, meterState, type PreparedMeter, viewToRecord } from '../metering/meter-question.ts'
import type { ReaderFacts, RecordedView } from '../metering/meter-store.ts'
import { judgeView, type ViewToRecord } from '../metering/views.ts'
import { chooseOffer } from '../offers/choose-offer.ts'
import type { Standing } from '../subscriptions/access.ts'
import type { Article } from './article.ts'
import type { PlannedOffer, SiteRules } from './rules.ts'
import type { Wall } from './wall.ts'

/** May this reader open this article now (epoch ms), under these rules? */
export type Question = { article: Article; registered: boolean; rules: SiteRules; now: number }

export type Decision = {
  granted: boolean
  reason: 'metered' | 'reread' | 'free' | Standing | 'store_unavailable' | RefusedReason
  meter: MeterState | null
  wall: Wall | null
  offer: PlannedOffer | null
}

type RefusedReason = 'meter_stop' | 'registration_required' | 'subscription_required' | 'store_unavailable'

/** The meter that a decision turns on, and what it asks of the store. */
export type MeterQuestion = { meter: PreparedMeter; view: ViewToRecord }

/**
 * What to ask the store, or null where no meter is asked and so nothing is counted: free and premium articles, and
 * articles that need an account which the reader does not have (spec rules 1 and 8).
 */
export function meterQuestion({ article, registered, rules, now }: Question): MeterQuestion | null {
  if (article.class === 'free' || article.class === 'premium') return null
  if (article.class === 'registered' && !registered) return null
  const [meter] = rules.meters
  if (meter === undefined) return null
  return { meter, view: viewToRecord({ meter, article: article.id, registered, now }) }
}

/**
 * The decision: a pure function of the question, what its meter asks, and what the store knows of the reader; `null`
 * facts say that the store could not be asked. The order is that of spec rule 10: the first that answers is the reason.
 */
export function decide(
  question: Question,
  asked: MeterQuestion | null,
  facts: ReaderFacts | RecordedView | null,
): Decision {
  const { article, registered, rules, now } = question
  if (article.class === 'free') return granted('free')
  if (facts === null) return storeUnavailable(question)
  if (facts.access !== null && facts.access.untilMs > now) return granted(facts.access.standing)
  if (article.class === 'premium') return refused('subscription_required', rules.walls.subscription, question)
  if (article.class === 'registered' && !registered) {
    return refused('registration_required', rules.walls.registration ?? rules.walls.subscription, question)
  }
  return asked === null ? granted('free') : decideByMeter(question, asked, facts)
}

function decideByMeter(
  question: Question,
  { meter, view }: MeterQuestion,
  facts: ReaderFacts | RecordedView,
): Decision {
  const state = meterState(meter.id, view, facts.views)
  const outcome = 'outcome' in facts ? facts.outcome : judgeView(facts.views, view)
  if (outcome === 'stopped') {
    return { ...refused('meter_stop', question.rules.walls.subscription, question), meter: state }
  }
  return { ...granted(outcome === 'reread' ? 'reread' : 'metered'), meter: state }
}

/** Spec rule 12: the site's policy answers. */
function storeUnavailable(question: Question): Decision {
  const { rules } = question
  return rules.site.whenStoreUnavailable === 'open'
    ? granted('store_unavailable')
    : refused('store_unavailable', rules.walls.subscription, question)
}

function granted(reason: Decision['reason']): Decision {
  return { granted: true, reason, meter: null, wall: null, offer: null }
}

function refused(reason: RefusedReason, wall: Wall, { rules, now }: Question): Decision {
  const offer = wall.kind === 'subscription' ? chooseOffer({ offers: rules.offers, now }) : null
  return { granted: false, reason, meter: null, wall, offer }
}
