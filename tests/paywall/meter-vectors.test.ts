import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { meterBounds } from '../../src/metering/meter-question.ts'
import type { Decision } from '../../src/paywall/decision.ts'
import { isoWithOffset } from '../../src/time.ts'
import { everyStore } from '../contracts/stores.ts'
import { limitOf, readingRoom, roomRules } from '../support/reading-room.ts'

const noon = '2027-01-10T12:00:00-05:00'
const day = 86_400_000

let readers = 0
function aReader(): string {
  readers += 1
  return `demo:vector-${readers}`
}

function opened({ granted }: Decision): boolean {
  return granted
}

function resetsAt({ meter }: Decision, timeZone = 'America/New_York'): string {
  return isoWithOffset(meter?.resetsAtMs ?? 0, timeZone)
}

for (const { name, stores } of everyStore()) {
  describe(`the meter specification's vectors, on ${name}`, () => {
    it('v1: three free articles; the fourth is refused, an earlier one stays open', async () => {
      const rules = roomRules({ meter: { limit: limitOf(3) } })
      const room = readingRoom(stores(), aReader())
      for (const article of ['A', 'B', 'C'])
        assert.equal((await room.open(article, noon, rules)).reason, 'metered')
      const refused = await room.open('D', noon, rules)
      assert.equal(refused.granted, false)
      assert.equal(refused.reason, 'meter_stop')
      const again = await room.open('B', noon, rules)
      assert.equal(again.reason, 'reread')
      assert.equal(again.meter?.used, 3)
    })

    it('v2: the month ends at midnight of the site, not of Greenwich', async () => {
      const rules = roomRules({ meter: { limit: limitOf(2) } })
      const room = readingRoom(stores(), aReader())
      await room.open('A', '2027-01-31T23:59:59-05:00', rules)
      const second = await room.open('B', '2027-02-01T00:00:00-05:00', rules)
      assert.equal(second.meter?.used, 1)
      assert.equal(resetsAt(second), '2027-03-01T00:00:00-05:00')
    })

    it('v3: a week of New York ends on Monday, also when the clocks changed that morning', async () => {
      const rules = roomRules({ meter: { window: 'week' } })
      const read = await readingRoom(stores(), aReader()).open('A', '2027-03-14T03:30:00-04:00', rules)
      assert.equal(resetsAt(read), '2027-03-15T00:00:00-04:00')
    })

    it('v4: a day of Berlin has 25 hours when the summer time ends', async () => {
      const rules = roomRules({
        site: { timeZone: 'Europe/Berlin' },
        meter: { window: 'day', limit: limitOf(1) },
      })
      const room = readingRoom(stores(), aReader())
      const first = await room.open('A', '2026-10-25T00:00:00+02:00', rules)
      assert.equal((first.meter?.resetsAtMs ?? 0) - Date.parse('2026-10-25T00:00:00+02:00'), 25 * 3_600_000)
      assert.equal((await room.open('B', '2026-10-25T23:59:59+01:00', rules)).reason, 'meter_stop')
      assert.equal((await room.open('B', '2026-10-26T00:00:00+01:00', rules)).reason, 'metered')
    })

    it('v5: whatever day of January it is, views come back on 1 February', async () => {
      const rules = roomRules({ meter: { limit: limitOf(5) } })
      const room = readingRoom(stores(), aReader())
      for (const date of [29, 30, 31]) {
        const read = await room.open('A', `2027-01-${date}T10:00:00-05:00`, rules)
        assert.equal(resetsAt(read), '2027-02-01T00:00:00-05:00')
      }
    })

    it('v6: a rolling window gives a view back when the oldest leaves it', async () => {
      const rules = roomRules({ meter: { window: { rollingDays: 30 }, limit: limitOf(2) } })
      const room = readingRoom(stores(), aReader())
      const start = Date.parse(noon)
      const onDay = (n: number) => new Date(start + n * day).toISOString()
      await room.open('A', onDay(0), rules)
      await room.open('B', onDay(10), rules)
      const refused = await room.open('C', onDay(29), rules)
      assert.equal(refused.reason, 'meter_stop')
      assert.equal(refused.meter?.resetsAtMs, start + 30 * day)
      assert.equal(
        (await room.open('C', new Date(start + 30 * day - 1000).toISOString(), rules)).reason,
        'meter_stop',
      )
      assert.equal((await room.open('C', onDay(30), rules)).reason, 'metered')
    })

    it('v7: a changed limit takes effect at once, and neither loses nor invents counts', async () => {
      const room = readingRoom(stores(), aReader())
      for (const article of ['A', 'B', 'C', 'D'])
        await room.open(article, noon, roomRules({ meter: { limit: limitOf(5) } }))
      const lowered = roomRules({ meter: { limit: limitOf(3) } })
      assert.equal((await room.open('E', noon, lowered)).reason, 'meter_stop')
      for (const article of ['A', 'B', 'C', 'D']) {
        assert.equal((await room.open(article, noon, lowered)).reason, 'reread')
      }
      assert.equal((await room.ask('A', noon, roomRules({ meter: { limit: limitOf(6) } }))).meter?.left, 2)
    })

    it('v8: a month that becomes seven rolling days in its middle still knows what was read', async () => {
      const room = readingRoom(stores(), aReader())
      const now = Date.parse('2027-01-25T12:00:00-05:00')
      const before = (days: number) => new Date(now - days * day).toISOString()
      const month = roomRules({ meter: { limit: limitOf(5) } })
      for (const [article, days] of [
        ['A', 20],
        ['B', 3],
        ['C', 1],
      ] as const)
        await room.open(article, before(days), month)
      const week = roomRules({ meter: { window: { rollingDays: 7 }, limit: limitOf(5) } })
      assert.equal((await room.ask('D', before(0), week)).meter?.used, 2)
    })

    it('v9: fifty articles at once against a limit of one open exactly one', async () => {
      const rules = roomRules({ meter: { limit: limitOf(1) } })
      const room = readingRoom(stores(), aReader())
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, n) => room.open(`article ${n}`, noon, rules)),
      )
      assert.equal(all.filter(opened).length, 1)
    })

    it('v10: one article fifty times at once is one view', async () => {
      const rules = roomRules({})
      const room = readingRoom(stores(), aReader())
      const all = await Promise.all(Array.from({ length: 50 }, () => room.open('A', noon, rules)))
      assert.ok(all.every(opened))
      assert.equal((await room.ask('A', noon, rules)).meter?.used, 1)
    })

    it('v11: signing in, twice, counts what both have read once, against the registered limit', async () => {
      const rules = roomRules({ meter: { limit: limitOf(3, 4) } })
      const [anonymous, account] = [aReader(), aReader()]
      for (const article of ['A', 'B']) await readingRoom(stores(), anonymous).open(article, noon, rules)
      const signedIn = { registered: true }
      for (const article of ['B', 'C'])
        await readingRoom(stores(), account).open(article, noon, rules, signedIn)
      const meters = rules.meters.map((meter) => meterBounds(meter, { ...signedIn, now: Date.parse(noon) }))
      const merge = {
        from: anonymous,
        into: account,
        sinceSeconds: 0,
        meters,
        retainSeconds: rules.retainSeconds,
      }
      await stores().meter.mergeReaders(merge)
      await stores().meter.mergeReaders(merge)
      const { meter } = await readingRoom(stores(), account).ask('D', noon, rules, signedIn)
      assert.equal(meter?.used, 3)
      assert.equal(meter?.left, 1)
    })

    it('v12: a meter of its own for sports leaves the others theirs', async () => {
      const rules = roomRules({
        meters: [
          { id: 'sports', scope: { sections: ['sports'] }, window: 'month', limit: limitOf(1) },
          { id: 'default', window: 'month', limit: limitOf(2) },
        ],
      })
      const room = readingRoom(stores(), aReader())
      const sports = { section: 'sports' }
      assert.equal((await room.open('S1', noon, rules, sports)).meter?.id, 'sports')
      for (const article of ['N1', 'N2'])
        assert.ok(opened(await room.open(article, noon, rules, { section: 'news' })))
      assert.equal((await room.open('S2', noon, rules, sports)).reason, 'meter_stop')
      assert.equal((await room.open('N3', noon, rules)).reason, 'meter_stop')
      assert.equal((await room.open('S1', noon, rules, sports)).reason, 'reread')
    })

    it('v13: a week begins at local midnight, with or without daylight saving, and on the date line', async () => {
      for (const [timeZone, midnight] of [
        ['Asia/Kolkata', '2027-01-18T00:00:00+05:30'],
        ['Pacific/Apia', '2027-01-18T00:00:00+13:00'],
      ] as const) {
        const rules = roomRules({ site: { timeZone }, meter: { window: 'week' } })
        const room = readingRoom(stores(), aReader())
        const before = await room.open('A', new Date(Date.parse(midnight) - 1000).toISOString(), rules)
        assert.equal(resetsAt(before, timeZone), midnight)
        assert.equal((await room.open('B', midnight, rules)).meter?.used, 1)
      }
    })

    it('v14: ids may be long, spaced and pictorial, and differ in a single byte', async () => {
      const rules = roomRules({ meter: { limit: limitOf(10) } })
      const room = readingRoom(stores(), aReader())
      const long = `die Überschrift 🗞️ ${'x'.repeat(512 - Buffer.byteLength('die Überschrift 🗞️ '))}`
      assert.equal(Buffer.byteLength(long), 512)
      const almost = `${long.slice(0, -1)}y`
      assert.equal((await room.open(long, noon, rules)).reason, 'metered')
      const other = await room.open(almost, noon, rules)
      assert.equal(other.reason, 'metered')
      assert.equal(other.meter?.used, 2)
      assert.equal((await room.open(long, noon, rules)).reason, 'reread')
    })

    it('asking is not counting: however often, used stays 0', async () => {
      const rules = roomRules({ meter: { limit: limitOf(1) } })
      const room = readingRoom(stores(), aReader())
      for (const article of ['A', 'B', 'C']) {
        const asked = await room.ask(article, noon, rules)
        assert.equal(asked.granted, true)
        assert.equal(asked.meter?.used, 0)
      }
    })
  })
}
