import { Temporal } from 'temporal-polyfill'

/** Half-open span of time, epoch milliseconds: `from` belongs to it, `until` does not. */
export type Span = { from: number; until: number }

/** The calendar month of the zone that holds the instant (spec rule 4), epoch milliseconds. */
export function monthOf(instant: number, timeZone: string): Span {
  const first = zoned(instant, timeZone).with({ day: 1 }).startOfDay()
  return {
    from: first.epochMilliseconds,
    until: first.add({ months: 1 }).startOfDay().epochMilliseconds,
  }
}

/** The same local time some calendar months later; a month too short gives its last day. Epoch milliseconds. */
export function addMonths(instant: number, months: number, timeZone: string): number {
  return zoned(instant, timeZone).add({ months }).epochMilliseconds
}

/** ISO 8601 with the zone's offset and whole seconds: `2026-12-01T00:00:00-05:00`. */
export function isoWithOffset(instant: number, timeZone: string): string {
  return zoned(instant, timeZone).toString({
    smallestUnit: 'second',
    timeZoneName: 'never',
    calendarName: 'never',
  })
}

function zoned(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
}
