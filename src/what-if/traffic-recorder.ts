import { createHmac } from 'node:crypto'
import type { Logger } from 'pino'
import type { Decided } from '../paywall/access.routes.ts'
import { shareFor, type TrafficStore } from './traffic-store.ts'
import { placeOf, readerNumbers, type Visit } from './visit.ts'

/** Records decisions so that a draft can be tried on them. */
export type TrafficRecorder = {
  record(decided: Decided): void
  /** Writes what has been gathered. Resolves in any case: what could not be written is lost, and the log says so. */
  flush(): Promise<void>
  stop(): Promise<void>
}

const flushEveryMs = 5_000
const mostGathered = 5_000

/** `secret` makes pseudonyms of readers; without it nobody can tell whose they are. */
export function createTrafficRecorder(parts: {
  store: TrafficStore
  secret: string
  log: Pick<Logger, 'warn'>
}): TrafficRecorder {
  const { store, secret, log } = parts
  let gathered = new Map<string, Gathered>()
  /** Of the days that are being recorded. */
  const shares = new Map<string, number>()
  let writing = Promise.resolve()

  function record(decided: Decided): void {
    const visit = visitOf(decided, secret)
    if (visit === null) return
    const { site: rules, now } = decided.asked
    const site = rules.site.id
    const day = rules.dayAt(now)
    const place = `${site}/${day}`
    const share = shares.get(place) ?? 1
    if (placeOf(visit) >= share) return
    const about = gathered.get(place) ?? { site, day, share, visits: [] }
    gathered.set(place, about)
    if (about.visits.length < mostGathered) about.visits.push(visit)
    else shares.set(place, share / 2)
    about.share = Math.min(about.share, shares.get(place) ?? 1)
  }

  function flush(): Promise<void> {
    const days = gathered
    gathered = new Map()
    writing = writing.then(() => write(days))
    return writing
  }

  async function write(days: ReadonlyMap<string, Gathered>): Promise<void> {
    for (const [place, { site, day, share, visits }] of days) {
      try {
        const total = await store.add({ site, day, share, visits })
        shares.set(place, Math.min(share, shareFor(total)))
      } catch (error) {
        log.warn({ error, site }, 'a few seconds of the traffic could not be recorded')
      }
    }
    for (const place of shares.keys()) if (!days.has(place)) shares.delete(place)
  }

  const timer = setInterval(() => void flush(), flushEveryMs)
  timer.unref()
  return {
    record,
    flush,
    stop() {
      clearInterval(timer)
      return flush()
    },
  }
}

type Gathered = { site: string; day: string; share: number; visits: Visit[] }

/** Null for what is no visit of a reader's: asking before counting, crawlers, the paper's staff, an absent store. */
function visitOf(decided: Decided, secret: string): Visit | null {
  const { answer, asked, count, lookAtVisit } = decided
  const { registered, reader, now, body } = asked
  const { article } = body
  const { reason, granted } = answer
  if (granted && !count) return null
  if (reason === 'crawler' || reason === 'staff' || reason === 'store_unavailable') return null
  const { device, country } = lookAtVisit()
  return {
    atSeconds: Math.floor(now / 1000),
    reader: pseudonym(reader, secret),
    article: article.id,
    ...(article.section !== undefined && { section: article.section }),
    ...(article.tags !== undefined && { tags: article.tags }),
    class: article.class,
    registered,
    openedBy: openedBy(reason),
    device,
    country,
  }
}

function openedBy(reason: Decided['answer']['reason']): Visit['openedBy'] {
  if (reason === 'subscriber' || reason === 'grace') return 'subscription'
  return reason === 'gift' || reason === 'network' || reason === 'referrer' ? 'exemption' : null
}

function pseudonym(reader: string, secret: string): number {
  return createHmac('sha256', secret).update(`traffic\n${reader}`).digest().readUIntBE(0, 6) % readerNumbers
}
