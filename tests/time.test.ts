import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  addMonths,
  dayOf,
  isoWithOffset,
  monthOf,
  type Span,
  type Weekday,
  weekdays,
  weekOf,
} from '../src/time.ts'

// Zones with and without daylight saving, with odd offsets and odd changes, and one that has jumped the date line.
const zones = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Pacific/Apia',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'UTC',
]
const instant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2090, 0, 1) })
const zone = fc.constantFrom(...zones)
const weekday = fc.constantFrom(...weekdays)
const hour = 3_600_000

const periods: [
  name: string,
  spanOf: (now: number, timeZone: string, startsOn: Weekday) => Span,
  hours: number,
][] = [
  ['day', dayOf, 24],
  ['week', weekOf, 7 * 24],
  ['month', monthOf, 31 * 24],
]

for (const [name, spanOf, longestHours] of periods) {
  describe(`the calendar ${name} of a site`, () => {
    it('holds the instant it was asked for', () => {
      fc.assert(
        fc.property(instant, zone, weekday, (now, timeZone, startsOn) => {
          const { from, until } = spanOf(now, timeZone, startsOn)
          assert.ok(from <= now && now < until)
        }),
      )
    })

    it('is the same whichever of its instants is asked', () => {
      fc.assert(
        fc.property(instant, zone, weekday, (now, timeZone, startsOn) => {
          const span = spanOf(now, timeZone, startsOn)
          assert.deepEqual(spanOf(span.from, timeZone, startsOn), span)
          assert.deepEqual(spanOf(span.until - 1, timeZone, startsOn), span)
        }),
      )
    })

    it('leaves no gap to the next one', () => {
      fc.assert(
        fc.property(instant, zone, weekday, (now, timeZone, startsOn) => {
          const { until } = spanOf(now, timeZone, startsOn)
          assert.equal(spanOf(until, timeZone, startsOn).from, until)
        }),
      )
    })

    it('begins with the first moment of a local date', () => {
      fc.assert(
        fc.property(instant, zone, weekday, (now, timeZone, startsOn) => {
          const { from } = spanOf(now, timeZone, startsOn)
          assert.notEqual(
            isoWithOffset(from - 1000, timeZone).slice(0, 10),
            isoWithOffset(from, timeZone).slice(0, 10),
          )
        }),
      )
    })

    it('is as long as its days, give or take what the clocks did', () => {
      fc.assert(
        fc.property(instant, zone, weekday, (now, timeZone, startsOn) => {
          const { from, until } = spanOf(now, timeZone, startsOn)
          assert.ok(until - from <= (longestHours + 24) * hour)
        }),
      )
    })
  })
}

describe('a week', () => {
  it('begins on the configured day', () => {
    fc.assert(
      fc.property(instant, zone, weekday, (now, timeZone, startsOn) => {
        const { from } = weekOf(now, timeZone, startsOn)
        const name = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone }).format(from)
        assert.equal(name.toLowerCase(), startsOn)
      }),
    )
  })
})

describe('some months later', () => {
  it('is the same local time, on the month’s last day where it has no such date', () => {
    const start = Date.parse('2026-09-30T10:00:00-04:00')
    assert.equal(
      isoWithOffset(addMonths(start, 5, 'America/New_York'), 'America/New_York'),
      '2027-02-28T10:00:00-05:00',
    )
  })
})

describe('an instant in words of the site’s zone', () => {
  it('is the same instant', () => {
    fc.assert(
      fc.property(instant, zone, (now, timeZone) => {
        assert.equal(Date.parse(isoWithOffset(now, timeZone)), Math.floor(now / 1000) * 1000)
      }),
    )
  })
})
