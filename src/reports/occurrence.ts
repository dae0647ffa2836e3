import type { Decided } from '../paywall/access.routes.ts'
import type { Traits } from './measures.ts'
import type { Occurrence } from './recorder.ts'

/**
 * What reports count of a decision; null for those who are no readers (crawlers, the paper's staff) and for what was
 * decided without the store. It is counted on the day that was asked about, so an imported log fills the days it is of.
 */
export function occurrenceOf(decided: Decided): Occurrence | null {
  const { asked, count, answer } = decided
  const { site, reader, now } = asked
  if (answer.reason === 'crawler' || answer.reason === 'staff' || answer.reason === 'store_unavailable') {
    return null
  }
  return {
    site: site.site.id,
    day: site.dayAt(now),
    reader,
    traits: traitsOf(decided),
    kind: kindOf(answer.granted, count),
    offerShown: answer.offer !== null,
    reached: count && answer.reason === 'metered' ? reachedBy(decided) : null,
  }
}

/** A refusal stops the reader whether it was asked for with or without counting; only a counted opening is a view. */
function kindOf(granted: boolean, count: boolean): Occurrence['kind'] {
  if (!granted) return 'stopped'
  return count ? 'viewed' : 'asked'
}

function traitsOf({ asked, answer, lookAtVisit }: Decided): Traits {
  const { section } = asked.body.article
  const { group } = asked.site
  const { device, country } = lookAtVisit()
  return {
    version: String(answer.configVersion),
    ...(group !== null && { group: `${group.experiment}/${group.group}` }),
    ...(section !== undefined && { section }),
    ...(device !== null && { device }),
    ...(country !== null && { country }),
    ...(answer.offer !== null && { offer: answer.offer.id }),
  }
}

/** A calendar window is told by its end; one that rolls has none that readers share. */
function reachedBy({ answer: { meter } }: Decided): Occurrence['reached'] {
  if (meter === null) return null
  const { id, window, used, resetsAt } = meter
  return { meter: id, window: window === 'rolling' ? 'rolling' : resetsAt, used }
}
