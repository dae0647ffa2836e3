import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isoWithOffset } from '../../src/time.ts'
import { everyStore } from '../contracts/stores.ts'
import { readingRoom, roomRules } from '../support/reading-room.ts'

const noon = '2027-01-10T12:00:00-05:00'

let readers = 0
function aReader(): string {
  readers += 1
  return `demo:vector-${readers}`
}

function opened({ granted }: { granted: boolean }): boolean {
  return granted
}

for (const { name, stores } of everyStore()) {
  describe(`the meter specification's vectors for a month meter, on ${name}`, () => {
    it('v1: three free articles; the fourth is refused, an earlier one stays open', async () => {
      const rules = roomRules({ limit: 3 })
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
      const rules = roomRules({ limit: 2, timeZone: 'America/New_York' })
      const room = readingRoom(stores(), aReader())
      await room.open('A', '2027-01-31T23:59:59-05:00', rules)
      const { meter } = await room.open('B', '2027-02-01T00:00:00-05:00', rules)
      assert.equal(meter?.used, 1)
      assert.equal(isoWithOffset(meter?.resetsAtMs ?? 0, 'America/New_York'), '2027-03-01T00:00:00-05:00')
    })

    it('v5: whatever day of January it is, views come back on 1 February', async () => {
      const rules = roomRules({ limit: 5 })
      const room = readingRoom(stores(), aReader())
      for (const day of [29, 30, 31]) {
        const { meter } = await room.open('A', `2027-01-${day}T10:00:00-05:00`, rules)
        assert.equal(isoWithOffset(meter?.resetsAtMs ?? 0, 'America/New_York'), '2027-02-01T00:00:00-05:00')
      }
    })

    it('v7: a changed limit takes effect at once, and neither loses nor invents counts', async () => {
      const room = readingRoom(stores(), aReader())
      for (const article of ['A', 'B', 'C', 'D']) await room.open(article, noon, roomRules({ limit: 5 }))
      const lowered = roomRules({ limit: 3 })
      assert.equal((await room.open('E', noon, lowered)).reason, 'meter_stop')
      for (const article of ['A', 'B', 'C', 'D']) {
        assert.equal((await room.open(article, noon, lowered)).reason, 'reread')
      }
      assert.equal((await room.ask('A', noon, roomRules({ limit: 6 }))).meter?.left, 2)
    })

    it('v9: fifty articles at once against a limit of one open exactly one', async () => {
      const rules = roomRules({ limit: 1 })
      const room = readingRoom(stores(), aReader())
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, n) => room.open(`article ${n}`, noon, rules)),
      )
      assert.equal(all.filter(opened).length, 1)
    })

    it('v10: one article fifty times at once is one view', async () => {
      const rules = roomRules({ limit: 3 })
      const room = readingRoom(stores(), aReader())
      const all = await Promise.all(Array.from({ length: 50 }, () => room.open('A', noon, rules)))
      assert.ok(all.every(opened))
      assert.equal((await room.ask('A', noon, rules)).meter?.used, 1)
    })

    it('v14: ids may be long, spaced and pictorial, and differ in a single byte', async () => {
      const rules = roomRules({ limit: 10 })
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
      const rules = roomRules({ limit: 1 })
      const room = readingRoom(stores(), aReader())
      for (const article of ['A', 'B', 'C']) {
        const asked = await room.ask(article, noon, rules)
        assert.equal(asked.granted, true)
        assert.equal(asked.meter?.used, 0)
      }
    })
  })
}
