import type { Logger } from 'pino'
import type { CountedUnder } from './counted-under.ts'
import { type Counts, noCounts, type Traits } from './measures.ts'
import type { DayBatch, Reached, ReportStore } from './report-store.ts'

/** One decision, as reports see it. */
export type Occurrence = {
  site: string
  /** Of the site's calendar: `2026-11-24`. */
  day: string
  reader: string
  traits: Traits
  kind: 'viewed' | 'stopped' | 'asked'
  offerShown: boolean
  /** The view was counted, and was this one of the reader's in the meter's window. */
  reached: { meter: string; window: string; used: number } | null
}

/** Gathers decisions in memory and adds them to the store every few seconds. */
export type Recorder = {
  record(occurrence: Occurrence): void
  /** Writes what has been gathered. Resolves in any case: what could not be written is lost, and the log says so. */
  flush(): Promise<void>
  /** Writes the rest and stops. */
  stop(): Promise<void>
}

const flushEveryMs = 2_000
/** So many decisions are gathered before the next writing at the most; a flood is written sooner. */
const mostHeld = 50_000

export function createRecorder(parts: {
  store: ReportStore
  countedUnder: CountedUnder
  log: Pick<Logger, 'warn'>
}): Recorder {
  let gathered: Day[] = []
  /** The day of the last decision, which is nearly always that of the next one too. */
  let about = newDay('', '')
  let held = 0
  let writing = Promise.resolve()

  function record(occurrence: Occurrence): void {
    const { site, day, reader, kind } = occurrence
    if (about.site !== site || about.day !== day || !gathered.includes(about)) about = dayOf(site, day)
    const cell = cellOf(about, occurrence.traits)
    cell.readers.add(reader)
    if (kind === 'viewed') cell.counts.views += 1
    if (kind === 'stopped') {
      cell.counts.stops += 1
      cell.stopped.add(reader)
    }
    if (occurrence.offerShown) cell.counts.offersShown += 1
    if (occurrence.reached !== null) {
      const { meter, window, used } = occurrence.reached
      const place = `${meter}/${window}/${used}`
      getOrMake(about.reached, place, () => ({ meter, window, used, readers: 0 })).readers += 1
    }
    held += 1
    if (held >= mostHeld) void flush()
  }

  function dayOf(site: string, day: string): Day {
    const known = gathered.find((each) => each.site === site && each.day === day)
    if (known !== undefined) return known
    const made = newDay(site, day)
    gathered.push(made)
    return made
  }

  function flush(): Promise<void> {
    const days = gathered
    gathered = []
    held = 0
    writing = writing.then(() => write(days))
    return writing
  }

  async function write(days: readonly Day[]): Promise<void> {
    for (const day of days) {
      try {
        await parts.store.add(batchOf(day, parts.countedUnder))
      } catch (error) {
        parts.log.warn({ error, site: day.site }, 'a few seconds of the reports could not be written')
      }
    }
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

/** What is gathered of a day, by every combination of traits that was met: a decision touches one of them. */
type Day = { site: string; day: string; cells: Map<string, Cell>; reached: Map<string, Reached> }

type Cell = { traits: Traits; counts: Counts; readers: Set<string>; stopped: Set<string> }

function newDay(site: string, day: string): Day {
  return { site, day, cells: new Map(), reached: new Map() }
}

function cellOf({ cells }: Day, traits: Traits): Cell {
  const { section, device, country, offer, version, group } = traits
  const name = `${version}|${offer}|${device}|${country}|${group}|${section}`
  return getOrMake(cells, name, () => ({
    traits,
    counts: noCounts(),
    readers: new Set(),
    stopped: new Set(),
  }))
}

function batchOf({ site, day, cells, reached }: Day, countedUnder: CountedUnder): DayBatch {
  return {
    site,
    day,
    reached: [...reached.values()],
    cells: [...cells.values()].map(({ traits, counts, readers, stopped }) => ({
      places: countedUnder({ site, day }, traits),
      counts,
      readers: [...readers],
      stopped: [...stopped],
    })),
  }
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
