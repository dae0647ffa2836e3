import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import { createTrafficRecorder } from '../../src/what-if/traffic-recorder.ts'
import { mostVisitsADay, type TrafficStore } from '../../src/what-if/traffic-store.ts'
import type { Visit } from '../../src/what-if/visit.ts'

const day = '2026-11-24'
const log = { warn: (details: unknown) => assert.fail(String(details)) }

function newRecorder() {
  const stores = openSqliteStores(':memory:', Date.now)
  const { traffic } = stores
  const recorder = createTrafficRecorder({ store: traffic, secret: 'only for this test', log })
  return {
    ...recorder,
    visit: (reader: number) => recorder.record({ site: 'demo', day, reader: `demo:${reader}`, look: aView }),
    recorded: () => recordedIn(traffic),
    async end() {
      await recorder.stop()
      await stores.close()
    },
  }
}

function aView(): Omit<Visit, 'reader' | 'place'> {
  return {
    atSeconds: 1,
    article: 'flood-aid',
    class: 'metered',
    registered: false,
    openedBy: null,
    device: null,
    country: null,
  }
}

async function recordedIn(traffic: TrafficStore) {
  const visits: Visit[] = []
  for await (const some of traffic.visits('demo', day)) visits.push(...some)
  return { visits, share: await traffic.share('demo', [day]) }
}

describe('the record of visits', () => {
  it('has a quiet day whole, under pseudonyms', async () => {
    const { visit, recorded, flush, end } = newRecorder()
    for (const reader of [1, 2, 1]) visit(reader)
    await flush()
    visit(3)
    await flush()
    const { visits, share } = await recorded()
    assert.equal(share, 1)
    assert.equal(new Set(visits.map(({ reader }) => reader)).size, 3)
    assert.equal(visits.length, 4)
    await end()
  })

  it('has of a flood between two writings every visit of some of the readers', async () => {
    const { visit, recorded, flush, end } = newRecorder()
    for (let turn = 0; turn < 10; turn += 1) for (let reader = 0; reader < 10_000; reader += 1) visit(reader)
    await flush()
    const { visits, share } = await recorded()
    assert.ok(visits.length > 2_000, `${visits.length} visits are recorded`)
    assert.deepEqual(new Set(timesByReader(visits).values()), new Set([10]))
    assert.ok(share >= 1 / 64 && share <= 1 / 16, `${share} of the readers are recorded`)
    await end()
  })

  it('has of a day with many times as many visits as it holds still every visit of some readers', async () => {
    const { visit, recorded, flush, end } = newRecorder()
    const readers = mostVisitsADay * 2
    for (let turn = 0; turn < 4; turn += 1) {
      for (let reader = 0; reader < readers; reader += 1) {
        visit(reader)
        if (reader % 4_000 === 0) await flush()
      }
    }
    await flush()
    const { visits, share } = await recorded()
    assert.ok(visits.length > mostVisitsADay / 4 && visits.length <= mostVisitsADay)
    assert.deepEqual(new Set(timesByReader(visits).values()), new Set([4]))
    assert.ok(Math.abs(visits.length / (readers * 4 * share) - 1) < 0.05, 'the share says how many readers')
    await end()
  })

  it('goes on where it was after nobody came for a while', async () => {
    const { visit, recorded, flush, end } = newRecorder()
    for (let reader = 0; reader < 20_000; reader += 1) visit(reader)
    await flush()
    const { share } = await recorded()
    await flush()
    await flush()
    for (let reader = 0; reader < 4_000; reader += 1) visit(reader)
    await flush()
    assert.equal((await recorded()).share, share)
    assert.ok(share < 1)
    await end()
  })
})

function timesByReader(visits: readonly Visit[]): Map<number, number> {
  const times = new Map<number, number>()
  for (const { reader } of visits) times.set(reader, (times.get(reader) ?? 0) + 1)
  return times
}
