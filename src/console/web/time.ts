/** Instants as people read and write them in a site's time zone. */

/** `2026-11-24T09:30`, as a date field takes it. */
export function toLocal(instant: string, timeZone: string): string {
  const ms = Date.parse(instant)
  return Number.isNaN(ms) ? '' : new Date(ms + offsetMs(ms, timeZone)).toISOString().slice(0, 16)
}

/** The instant of a wall clock; of one that a change of the clocks skips, the one after it. */
export function fromLocal(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local}Z`)
  const near = asUtc - offsetMs(asUtc, timeZone)
  return new Date(asUtc - offsetMs(near, timeZone)).toISOString().replace('.000Z', 'Z')
}

function offsetMs(ms: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - Math.floor(ms / 1000) * 1000
}

const whenFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** `Nov 24, 2026, 9:30 AM`, by the clock of whoever reads it. */
export function when(instant: string): string {
  return whenFormat.format(new Date(instant))
}

const dayFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })

/** `Nov 24, 2026`, of `2026-11-24`. */
export function dayWords(date: string): string {
  return dayFormat.format(new Date(date))
}

/** An instant by the clock of a site. */
export function whenIn(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short', timeZone })
  return format.format(new Date(instant))
}

/** Words of the API with the instants in them as people read them. */
export function humane(words: string, timeZone: string): string {
  return words.replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, (instant) => whenIn(instant, timeZone))
}

/** The day of the calendar, `2026-11-24`, so many days from today. */
export function day(daysFromToday: number, timeZone: string): string {
  const ms = Date.now() + daysFromToday * 86_400_000
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(ms)
}
