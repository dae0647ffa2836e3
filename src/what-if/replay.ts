import { judge, type View } from '../metering/views.ts'
import { decide } from '../paywall/decision.ts'
import { proposalFor } from '../paywall/propose-offer.ts'
import { planOf } from '../paywall/question.ts'
import type { SiteRules } from '../paywall/rules.ts'
import type { Visit } from './visit.ts'

/** What the readers of some visits would meet under some rules. */
export type Outcome = { readers: number; stopped: number; views: number; stops: number; offersShown: number }

/** Takes visits one after another, in the order of their time, and knows what has come of them so far. */
export type Rehearsal = {
  take(visit: Visit): void
  /** All together, and by section; articles without one are under ''. */
  outcome(): { total: Outcome; sections: Map<string, Outcome> }
}

/** Decides about visits anew, by the very functions that decide about readers; nothing is counted anywhere. */
export function rehearse(rules: SiteRules): Rehearsal {
  const read = new Map<number, View[]>()
  const sections = new Map<string, Gathered>()
  const all = newGathered()

  function take(visit: Visit): void {
    const views = read.get(visit.reader) ?? []
    read.set(visit.reader, views)
    const { granted, offerShown } = decideAbout(visit, { rules, views })
    for (const gathered of [all, sectionOf(visit.section ?? '')]) {
      gathered.readers.add(visit.reader)
      if (offerShown) gathered.offersShown += 1
      if (granted) gathered.views += 1
      else {
        gathered.stops += 1
        gathered.stopped.add(visit.reader)
      }
    }
  }

  function sectionOf(name: string): Gathered {
    const known = sections.get(name) ?? newGathered()
    sections.set(name, known)
    return known
  }

  return {
    take,
    outcome: () => ({
      total: outcomeOf(all),
      sections: new Map([...sections].map(([name, gathered]) => [name, outcomeOf(gathered)])),
    }),
  }
}

type Gathered = {
  readers: Set<number>
  stopped: Set<number>
  views: number
  stops: number
  offersShown: number
}

function newGathered(): Gathered {
  return { readers: new Set(), stopped: new Set(), views: 0, stops: 0, offersShown: 0 }
}

function outcomeOf({ readers, stopped, ...counts }: Gathered): Outcome {
  return { readers: readers.size, stopped: stopped.size, ...counts }
}

/** Adds to `views` what the visit counts. Who subscribed, or was exempt, is so under other rules too. */
function decideAbout(visit: Visit, { rules, views }: { rules: SiteRules; views: View[] }) {
  const { registered, openedBy, article: id, section, tags } = visit
  const now = visit.atSeconds * 1000
  const question = {
    article: {
      id,
      class: visit.class,
      ...(section !== undefined && { section }),
      ...(tags !== undefined && { tags }),
    },
    registered,
    rules,
    now,
    exemption: openedBy === 'exemption' ? ({ reason: 'network', by: 'recorded' } as const) : null,
    allowance: null,
  }
  const plan = planOf(question)
  const access = openedBy === 'subscription' ? ({ standing: 'subscriber', untilMs: now + 1 } as const) : null
  const facts = { views: [...views], access }
  const judgement = access === null && plan.commit !== null ? judge(views, plan.commit) : null
  if (judgement?.outcome === 'counted' && plan.commit !== null) {
    const { article, meters, nudges } = plan.commit
    const meter = meters[judgement.meter]
    const nudge = judgement.nudge === null ? undefined : nudges[judgement.nudge]
    if (meter !== undefined) views.push({ article, meter: meter.meter, atSeconds: visit.atSeconds })
    if (nudge !== undefined) views.push({ article: 0, meter: nudge.nudge, atSeconds: visit.atSeconds })
  }
  const taken = {
    question,
    plan,
    facts: judgement === null ? facts : { views: [...views], access, judgement },
  }
  const decision = decide(question, plan, taken.facts)
  const offer = decision.proposes
    ? proposalFor(
        { ...taken, decision },
        {
          visit: { device: visit.device, country: visit.country, referrer: null },
          bought: [],
          isSoldOut: () => false,
        },
      ).offer
    : null
  return { granted: decision.granted, offerShown: offer !== null }
}
