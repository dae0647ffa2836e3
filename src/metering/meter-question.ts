import type { Meter, Scope } from './meter.ts'
import type { MeterBounds, View } from './views.ts'
import { countUsed, inWindow, meterFingerprint } from './views.ts'
import { type Calendar, longestSeconds, prepareWindow, type WindowSeconds } from './window.ts'

/** Where a reader stands with a meter. `resetsAtMs` is the instant at which a reader regains a view. */
export type MeterState = {
  id: string
  window: 'day' | 'week' | 'month' | 'rolling'
  used: number
  limit: number
  left: number
  resetsAtMs: number
}

/** A meter with what is looked up for each decision made ready. */
export type PreparedMeter = {
  id: string
  scope: Scope | null
  fingerprint: number
  limit: Meter['limit']
  window: MeterState['window']
  /** The window's length where it rolls with the reader. */
  rollingSeconds: number | null
  longestSeconds: number
  /** `now` in epoch milliseconds. */
  windowAt: (now: number) => WindowSeconds
}

export function prepareMeter(meter: Omit<Meter, 'site'>, calendar: Calendar): PreparedMeter {
  const { id, scope, limit, window } = meter
  return {
    id,
    scope: scope ?? null,
    fingerprint: meterFingerprint(id),
    limit,
    window: typeof window === 'object' ? 'rolling' : window,
    rollingSeconds: typeof window === 'object' ? longestSeconds(window) : null,
    longestSeconds: longestSeconds(window),
    windowAt: prepareWindow(window, calendar),
  }
}

/** Whether a meter counts an article: of several conditions all must hold, of several names one is enough. */
export function isInScope(
  scope: Scope | null,
  article: { section?: string | undefined; tags?: readonly string[] | undefined; class: string },
): boolean {
  if (scope === null) return true
  const { sections, tags, classes } = scope
  return (
    (sections === undefined || (article.section !== undefined && sections.includes(article.section))) &&
    (tags === undefined || (article.tags ?? []).some((tag) => tags.includes(tag))) &&
    (classes === undefined || classes.some((name) => name === article.class))
  )
}

/**
 * What a limit turns on, `now` in epoch milliseconds. For whom came late (`lateAt`, epoch seconds) nothing is free until
 * the window ends in which they came.
 */
export type LimitedReader = { registered: boolean; lateAt?: number | null; now: number }

/** What the meter asks of what a reader has read. */
export function meterBounds(
  meter: PreparedMeter,
  { registered, lateAt = null, now }: LimitedReader,
): MeterBounds {
  const { fromSeconds, untilSeconds } = meter.windowAt(now)
  const isLate = lateAt !== null && lateAt >= fromSeconds
  const limit = registered ? meter.limit.registered : isLate ? 0 : meter.limit.anonymous
  return { meter: meter.fingerprint, limit, fromSeconds, untilSeconds }
}

/** The state of the meter given these views, `now` in epoch milliseconds. */
export function meterState(
  meter: PreparedMeter,
  { bounds, views, now }: { bounds: MeterBounds; views: readonly View[]; now: number },
): MeterState {
  const used = countUsed(views, bounds)
  return {
    id: meter.id,
    window: meter.window,
    used,
    limit: bounds.limit,
    left: Math.max(0, bounds.limit - used),
    resetsAtMs:
      meter.rollingSeconds === null
        ? bounds.untilSeconds * 1000
        : regainSeconds(views, bounds, now / 1000) * 1000 + meter.rollingSeconds * 1000,
  }
}

/** The state of each meter for one reader, `now` in epoch milliseconds. */
export function meterStates(
  meters: readonly PreparedMeter[],
  { views, ...reader }: LimitedReader & { views: readonly View[] },
): MeterState[] {
  return meters.map((meter) =>
    meterState(meter, { bounds: meterBounds(meter, reader), views, now: reader.now }),
  )
}

/**
 * The time of the view whose leaving the window gives the reader a free view again: the oldest, or, where a lowered limit
 * has been passed, the one that brings `used` below it. Epoch seconds; now, where nothing was read.
 */
function regainSeconds(views: readonly View[], bounds: MeterBounds, nowSeconds: number): number {
  const lastReadings = new Map<number, number>()
  for (const { article, meter, atSeconds } of views) {
    if (meter !== bounds.meter || article === 0 || !inWindow({ article, meter, atSeconds }, bounds)) continue
    lastReadings.set(article, Math.max(atSeconds, lastReadings.get(article) ?? 0))
  }
  const times = [...lastReadings.values()].toSorted((one, other) => one - other)
  return times[Math.max(0, times.length - bounds.limit)] ?? Math.floor(nowSeconds)
}
