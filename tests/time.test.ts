import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isoWithOffset, monthOf } from '../src/time.ts'

const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia', 'America/St_Johns', 'UTC']
const instant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2090, 0, 1) })
const zone = fc.constantFrom(...zones)

describe('the calendar month of a site', () => {
  it('holds the instant it was asked for', () => {
    fc.assert(
      fc.property(instant, zone, (now, timeZone) => {
        const { from, until } = monthOf(now, timeZone)
        assert.ok(from <= now && now < until)
      }),
    )
  })

  it('begins and ends at the zone’s first midnight of a month', () => {
    fc.assert(
      fc.property(instant, zone, (now, timeZone) => {
        const { from, until } = monthOf(now, timeZone)
        for (const edge of [from, until]) assert.match(isoWithOffset(edge, timeZone), /-01T00:00:00/)
      }),
    )
  })

  it('leaves no gap to the next one', () => {
    fc.assert(
      fc.property(instant, zone, (now, timeZone) => {
        const { until } = monthOf(now, timeZone)
        assert.equal(monthOf(until, timeZone).from, until)
      }),
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
