import { Temporal } from 'temporal-polyfill'

export type Recurrence = { interval: string; interval_count: number }

/**
 * The end of the period that begins at `after`, on the grid that starts at `anchor` (all in epoch seconds, UTC). Counted
 * from the anchor each time, so that a subscription of the 31st is back on the 31st after February.
 */
export function periodEnd(options: { anchor: number; after: number; recurrence: Recurrence }): number {
  for (let count = 1; ; count++) {
    const end = addIntervals(options.anchor, options.recurrence, count)
    if (end > options.after) return end
  }
}

/** `start` (epoch seconds) and so many whole intervals, the day clamped to the length of the month. */
export function addIntervals(start: number, recurrence: Recurrence, count: number): number {
  const duration = durations[recurrence.interval]?.(recurrence.interval_count * count)
  if (!duration) throw new Error(`A price cannot recur every '${recurrence.interval}'`)
  const startTime = Temporal.Instant.fromEpochMilliseconds(start * 1000).toZonedDateTimeISO('UTC')
  return startTime.add(duration).epochMilliseconds / 1000
}

const durations: Record<string, (count: number) => Temporal.DurationLike> = {
  day: (days) => ({ days }),
  week: (weeks) => ({ weeks }),
  month: (months) => ({ months }),
  year: (years) => ({ years }),
}
