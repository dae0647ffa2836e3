import { Temporal } from 'temporal-polyfill'

/** Half-open span of time, epoch milliseconds: `from` belongs to it, `until` does not. */
export type Span = { from: number; until: number }

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof weekdays)[number]

/** The calendar day of the zone that holds the instant (spec rule 4), 23 to 25 hours long. Epoch milliseconds. */
export function dayOf(instant: number, timeZone: string): Span {
  return spanFrom(zoned(instant, timeZone).startOfDay(), { days: 1 })
}

/** The calendar week of the zone that holds the instant, from midnight of its first day. Epoch milliseconds. */
export function weekOf(instant: number, timeZone: string, startsOn: Weekday): Span {
  const now = zoned(instant, timeZone)
  const daysIn = (now.dayOfWeek - 1 - weekdays.indexOf(startsOn) + 7) % 7
  return spanFrom(now.subtract({ days: daysIn }).startOfDay(), { days: 7 })
}

/** The calendar month of the zone that holds the instant. Epoch milliseconds. */
export function monthOf(instant: number, timeZone: string): Span {
  return spanFrom(zoned(instant, timeZone).with({ day: 1 }).startOfDay(), { months: 1 })
}

/** The same local time some calendar months later; a month too short gives its last day. Epoch milliseconds. */
export function addMonths(instant: number, months: number, timeZone: string): number {
  return zoned(instant, timeZone).add({ months }).epochMilliseconds
}

/** The same local time some calendar days later. Epoch milliseconds. */
export function addDays(instant: number, days: number, timeZone: string): number {
  return zoned(instant, timeZone).add({ days }).epochMilliseconds
}

/**
 * When the bill comes that follows `many` billing periods after the one at `start`, as Stripe reckons: by the calendar of
 * UTC, from the first bill each time, a month too short giving its last day. Epoch milliseconds.
 */
export function billedAt(
  start: number,
  { unit, count }: { unit: 'day' | 'week' | 'month' | 'year'; count: number },
  many: number,
): number {
  return zoned(start, 'UTC').add({ [`${unit}s`]: count * many }).epochMilliseconds
}

/** ISO 8601 with the zone's offset and whole seconds: `2026-12-01T00:00:00-05:00`. */
export function isoWithOffset(instant: number, timeZone: string): string {
  return zoned(instant, timeZone).toString({
    smallestUnit: 'second',
    timeZoneName: 'never',
    calendarName: 'never',
  })
}

/** Whole local days: a period ends where the next one begins, whatever the clocks did in between. */
function spanFrom(start: Temporal.ZonedDateTime, length: { days?: number; months?: number }): Span {
  const end = start.toPlainDate().add(length).toZonedDateTime(start.timeZoneId)
  return { from: start.epochMilliseconds, until: end.epochMilliseconds }
}

function zoned(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
}
