import { monthOf, type Span } from '../time.ts'
import type { Meter } from './meter.ts'
import {
  articleFingerprint,
  countUsed,
  type MeterBounds,
  meterFingerprint,
  type View,
  type ViewToRecord,
} from './views.ts'

/** Where a reader stands with a meter. `resetsAtMs` is the instant at which a reader regains a view. */
export type MeterState = { id: string; used: number; limit: number; left: number; resetsAtMs: number }

/** A meter with what is looked up for each decision made ready. */
export type PreparedMeter = Meter & { fingerprint: number; windowAt: (now: number) => Span }

/** `timeZone` is the site's. */
export function prepareMeter(meter: Meter, timeZone: string): PreparedMeter {
  let window: Span = { from: 0, until: 0 }
  return {
    ...meter,
    fingerprint: meterFingerprint(meter.id),
    windowAt(now) {
      if (now < window.from || now >= window.until) window = monthOf(now, timeZone)
      return window
    },
  }
}

/** What the meter asks of what a reader has read, `now` in epoch milliseconds. */
export function meterBounds(options: {
  meter: PreparedMeter
  registered: boolean
  now: number
}): MeterBounds {
  const { meter, registered, now } = options
  const window = meter.windowAt(now)
  return {
    meter: meter.fingerprint,
    limit: registered ? meter.limit.registered : meter.limit.anonymous,
    fromSeconds: window.from / 1000,
    untilSeconds: window.until / 1000,
  }
}

/** The commit of one article, by its publisher's id. */
export function viewToRecord(options: {
  meter: PreparedMeter
  article: string
  registered: boolean
  now: number
}): ViewToRecord {
  return {
    ...meterBounds(options),
    article: articleFingerprint(options.article),
    atSeconds: Math.floor(options.now / 1000),
  }
}

/** The state of the meter after the given views. */
export function meterState(id: string, bounds: MeterBounds, views: readonly View[]): MeterState {
  const used = countUsed(views, bounds)
  return {
    id,
    used,
    limit: bounds.limit,
    left: Math.max(0, bounds.limit - used),
    resetsAtMs: bounds.untilSeconds * 1000,
  }
}
