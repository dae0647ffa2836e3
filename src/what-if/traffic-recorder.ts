import { createHmac } from 'node:crypto'
import type { Logger } from 'pino'
import { layerOf, mostHalvings, type TrafficStore } from './traffic-store.ts'
import type { Visit } from './visit.ts'
import type { Visited } from './visited.ts'

/** Records visits so that a draft can be tried on them. */
export type TrafficRecorder = {
  record(visited: Visited): void
  /** Writes what has been gathered. Resolves in any case: what could not be written is lost, and the log says so. */
  flush(): Promise<void>
  stop(): Promise<void>
}

const flushEveryMs = 5_000
/** So many visits are gathered before the next writing at the most; of a flood, those of half of the readers. */
const mostGathered = 5_000
/** So many are made ready for the store at a time, as readers wait meanwhile. */
const mostAtOnce = 200

/** `secret` makes pseudonyms of readers; without it nobody can tell whose they are. */
export function createTrafficRecorder(parts: {
  store: TrafficStore
  secret: string
  log: Pick<Logger, 'warn'>
}): TrafficRecorder {
  const { store, secret, log } = parts
  let days: Day[] = []
  /** The day of the last visit, which is nearly always that of the next one too. */
  let about: Day | null = null
  let writing = Promise.resolve()

  function record({ site, day, reader, look }: Visited): void {
    if (about === null || about.day !== day || about.site !== site) about = dayOf(site, day)
    about.isGoingOn = true
    const place = placeOf(reader)
    if (layerOf(place) < about.halvings) return
    about.visits.push({ ...look(), reader, place })
    if (about.visits.length > mostGathered) halve(about, about.halvings + 1)
  }

  function dayOf(site: string, day: string): Day {
    const known = days.find((each) => each.site === site && each.day === day)
    if (known !== undefined) return known
    const made = { site, day, halvings: 0, visits: [], isGoingOn: true }
    days.push(made)
    return made
  }

  function flush(): Promise<void> {
    about = null
    days = days.filter(({ isGoingOn }) => isGoingOn)
    const gathered = days.map((day) => ({ day, visits: day.visits }))
    for (const day of days) {
      day.visits = []
      day.isGoingOn = false
    }
    writing = writing.then(() => write(gathered))
    return writing
  }

  async function write(gathered: readonly { day: Day; visits: readonly Gathered[] }[]): Promise<void> {
    for (const { day, visits } of gathered) {
      try {
        for (let from = 0; from < visits.length; from += mostAtOnce) {
          await add(day, visits.slice(from, from + mostAtOnce))
        }
      } catch (error) {
        log.warn({ error, site: day.site }, 'a few seconds of the traffic could not be recorded')
      }
    }
  }

  async function add(day: Day, some: readonly Gathered[]): Promise<void> {
    const visits = some.map((visit) => ({ ...visit, reader: pseudonym(visit.reader, secret) }))
    halve(day, await store.add({ site: day.site, day: day.day, halvings: day.halvings, visits }))
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

/** With the reader's key: many a visit is left out again before it is worth a pseudonym. */
type Gathered = Omit<Visit, 'reader'> & { reader: string }

/** `isGoingOn`: somebody came since the last writing. */
type Day = { site: string; day: string; halvings: number; visits: Gathered[]; isGoingOn: boolean }

/** Leaves out whom the store or the flood leaves no room. */
function halve(day: Day, often: number): void {
  if (often <= day.halvings || often > mostHalvings) return
  day.halvings = often
  day.visits = day.visits.filter(({ place }) => layerOf(place) >= often)
}

function pseudonym(reader: string, secret: string): number {
  return createHmac('sha256', secret).update(`traffic\n${reader}`).digest().readUIntBE(0, 6)
}

/** Cheap, for it is asked of every decision, also when the day is full (FNV-1a, and its bits mixed once more). */
function placeOf(reader: string): number {
  let bits = 0x811c9dc5
  for (let at = 0; at < reader.length; at += 1) bits = Math.imul(bits ^ reader.charCodeAt(at), 0x01000193)
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b)
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32
}
