import { z } from 'zod'
import { dayOf, monthOf, type Span, type Weekday, weekOf } from '../time.ts'

const daySeconds = 86_400
/** A year: further back than this no reader would call it fair to count. */
const longestRollingDays = 366

/** Over which time views are counted: a calendar period of the site's zone, or the last so many times 24 hours. */
export const windowSchema = z
  .union(
    [
      z.enum(['day', 'week', 'month']),
      z.strictObject({ rollingDays: z.int().min(1).max(longestRollingDays) }),
    ],
    `day, week, month or { rollingDays: 30 }, with 1 to ${longestRollingDays} days`,
  )
  .describe(
    'day, week and month are calendar periods in the site’s zone; rollingDays: the last n times 24 hours',
  )

export type Window = z.infer<typeof windowSchema>

/** The span that a window covers at an instant, whole epoch seconds, half open. */
export type WindowSeconds = { fromSeconds: number; untilSeconds: number }

/** The last second that a record can hold (2106). */
const endOfTimeSeconds = 0xffff_ffff

export type Calendar = { timeZone: string; weekStartsOn: Weekday }

/**
 * Finds a window's span at `now`, epoch milliseconds. What was found is kept while it holds, for calendars are slow to
 * ask. A rolling window has no end: a view that another server's clock has put a little ahead counts too (spec rule 6).
 */
export function prepareWindow(window: Window, calendar: Calendar): (now: number) => WindowSeconds {
  if (typeof window === 'object') {
    const length = window.rollingDays * daySeconds
    return (now) => ({ fromSeconds: Math.floor(now / 1000) - length + 1, untilSeconds: endOfTimeSeconds })
  }
  const spanOf = calendarSpans[window]
  let span: Span = { from: 0, until: 0 }
  return (now) => {
    if (now < span.from || now >= span.until) span = spanOf(now, calendar)
    return { fromSeconds: span.from / 1000, untilSeconds: span.until / 1000 }
  }
}

const calendarSpans: Record<'day' | 'week' | 'month', (now: number, calendar: Calendar) => Span> = {
  day: (now, { timeZone }) => dayOf(now, timeZone),
  week: (now, { timeZone, weekStartsOn }) => weekOf(now, timeZone, weekStartsOn),
  month: (now, { timeZone }) => monthOf(now, timeZone),
}

/** The longest that a view can lie in this window, seconds; calendars are counted with their longest days. */
export function longestSeconds(window: Window): number {
  if (typeof window === 'object') return window.rollingDays * daySeconds
  return { day: 2, week: 8, month: 32 }[window] * daySeconds
}
