import type { Decided } from '../paywall/access.routes.ts'
import type { Visit } from './visit.ts'

/** Somebody opened an article or was refused it. `look` tells what is recorded of it, and is not asked of every visit. */
export type Visited = {
  site: string
  /** Of the site's calendar. */
  day: string
  /** The reader's key. */
  reader: string
  look: () => Omit<Visit, 'reader' | 'place'>
}

/** Null for what is no visit: asking before counting, crawlers, the paper's staff, an absent store. */
export function visitedBy(decided: Decided): Visited | null {
  const { answer, count, asked } = decided
  const { granted, reason } = answer
  if (granted && !count) return null
  if (reason === 'crawler' || reason === 'staff' || reason === 'store_unavailable') return null
  const { site, now, reader } = asked
  return { site: site.site.id, day: site.dayAt(now), reader, look: () => lookAt(decided) }
}

function lookAt({ answer, asked, lookAtVisit }: Decided): ReturnType<Visited['look']> {
  const { registered, now, body } = asked
  const { id, section, tags, class: articleClass } = body.article
  const { device, country } = lookAtVisit()
  return {
    atSeconds: Math.floor(now / 1000),
    article: id,
    ...(section !== undefined && { section }),
    ...(tags !== undefined && { tags }),
    class: articleClass,
    registered,
    openedBy: openedBy(answer.reason),
    device,
    country,
  }
}

function openedBy(reason: Decided['answer']['reason']): Visit['openedBy'] {
  if (reason === 'subscriber' || reason === 'grace') return 'subscription'
  return reason === 'gift' || reason === 'network' || reason === 'referrer' ? 'exemption' : null
}
