import type { Exemption } from '../exemptions/prepare-exemptions.ts'
import { isInScope, meterBounds, type PreparedMeter } from '../metering/meter-question.ts'
import { type Commit, fingerprintOf } from '../metering/views.ts'
import type { Article } from './article.ts'
import type { PreparedNudge, SiteRules } from './rules.ts'

/** May this reader open this article now (epoch ms, whole seconds), under these rules? */
export type Question = {
  article: Article
  registered: boolean
  /** When the reader came (epoch seconds), if they were one new reader too many of their network that day. */
  lateAt: number | null
  rules: SiteRules
  now: number
  /** Why this visit is not counted, if it is not. */
  exemption: Exemption | null
  /** The allowance that a referrer or a campaign gives, to be used before the meter. */
  allowance: PreparedMeter | null
}

/** What is to be asked of the store about a question. */
export type Plan = {
  /** The article's own meter; null where the decision does not turn on one. */
  meter: PreparedMeter | null
  nudges: readonly PreparedNudge[]
  /** What would count it; null where nothing is counted whatever the store says (spec rules 1 and 8). */
  commit: Commit | null
}

/**
 * The commit's meters are the allowance, if there is one, and the article's own meter, if one applies: free and premium
 * articles have none, nor have articles that need an account which the reader does not have.
 */
export function planOf(question: Question): Plan {
  const { article, registered, lateAt, rules, now, exemption, allowance } = question
  const meter = isMetered(question) ? rules.meterFor(article) : null
  const nudges = meter === null ? noNudges : rules.nudges.filter((nudge) => nudge.meter === meter.id)
  const meters = [...(allowance === null ? [] : [allowance]), ...(meter === null ? [] : [meter])]
  if (article.class === 'free' || exemption !== null || meters.length === 0)
    return { meter, nudges, commit: null }
  const atSeconds = Math.floor(now / 1000)
  return {
    meter,
    nudges,
    commit: {
      article: fingerprintOf(article),
      atSeconds,
      retainSeconds: rules.retainSeconds,
      meters: meters.map((each) => meterBounds(each, { registered, lateAt, now })),
      nudges: nudges.map((nudge) => nudge.boundsAt(atSeconds)),
    },
  }
}

const noNudges: readonly PreparedNudge[] = []

function isMetered({ article, registered }: Question): boolean {
  return article.class === 'metered' || (article.class === 'registered' && registered)
}

/** The first meter in configured order whose scope fits; the last one has none. */
export function firstInScope(meters: readonly PreparedMeter[], article: Article): PreparedMeter {
  const meter = meters.find(({ scope }) => isInScope(scope, article))
  if (meter === undefined) throw new Error('the configuration has no meter without a scope')
  return meter
}
