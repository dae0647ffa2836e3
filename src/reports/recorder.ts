import type { Logger } from 'pino'
import { type Counts, type Dimension, dimensions, noCounts, type Traits } from './measures.ts'
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
const mostHeld = 20_000
/** What pages say of themselves is not ours to bound otherwise: further values are counted as one. */
export const mostValues = 200
export const otherValues = 'other'

export function createRecorder(parts: { store: ReportStore; log: Pick<Logger, 'warn'> }): Recorder {
  let gathered = new Map<string, Day>()
  let held = 0
  let writing = Promise.resolve()

  function record(occurrence: Occurrence): void {
    const { site, day, traits } = occurrence
    const about = getOrMake(gathered, `${site}/${day}`, () => newDay(site, day))
    for (const dimension of dimensions) {
      const value = dimension === 'all' ? '' : traits[dimension]
      if (value !== undefined) count(sliceOf(about, dimension, value), occurrence)
    }
    if (occurrence.reached !== null) {
      const { meter, window, used } = occurrence.reached
      const place = `${meter}/${window}/${used}`
      getOrMake(about.reached, place, () => ({ meter, window, used, readers: 0 })).readers += 1
    }
    held += 1
    if (held >= mostHeld) void flush()
  }

  function flush(): Promise<void> {
    const days = gathered
    gathered = new Map()
    held = 0
    writing = writing.then(() => write(days))
    return writing
  }

  async function write(days: ReadonlyMap<string, Day>): Promise<void> {
    for (const day of days.values()) {
      try {
        await parts.store.add(batchOf(day))
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

type Day = {
  site: string
  day: string
  slices: Map<Dimension, Map<string, GatheredSlice>>
  reached: Map<string, Reached>
}

type GatheredSlice = { counts: Counts; readers: Set<string>; stopped: Set<string> }

function newDay(site: string, day: string): Day {
  return { site, day, slices: new Map(), reached: new Map() }
}

function sliceOf({ slices }: Day, dimension: Dimension, value: string): GatheredSlice {
  const values = getOrMake(slices, dimension, () => new Map<string, GatheredSlice>())
  const name = values.has(value) || values.size < mostValues ? value : otherValues
  return getOrMake(values, name, () => ({ counts: noCounts(), readers: new Set(), stopped: new Set() }))
}

function count(slice: GatheredSlice, { kind, offerShown, reader }: Occurrence): void {
  slice.readers.add(reader)
  if (kind === 'viewed') slice.counts.views += 1
  if (kind === 'stopped') {
    slice.counts.stops += 1
    slice.stopped.add(reader)
  }
  if (offerShown) slice.counts.offersShown += 1
}

function batchOf({ site, day, slices, reached }: Day): DayBatch {
  return {
    site,
    day,
    reached: [...reached.values()],
    slices: [...slices].flatMap(([dimension, values]) =>
      [...values].map(([value, { counts, readers, stopped }]) => ({
        dimension,
        value,
        counts,
        readers: [...readers],
        stopped: [...stopped],
      })),
    ),
  }
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
