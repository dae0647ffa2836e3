import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { mostVisitsADay, type TrafficStore } from '../../src/what-if/traffic-store.ts'
import type { Visit } from '../../src/what-if/visit.ts'
import { everyStore } from './stores.ts'

const day = '2026-11-24'

function visit(atSeconds: number, more: Partial<Visit> = {}): Visit {
  return {
    atSeconds,
    reader: 7,
    place: 0.25,
    article: 'flood-aid ☕',
    class: 'metered',
    registered: false,
    openedBy: null,
    device: 'phone',
    country: 'DE',
    ...more,
  }
}

async function visitsOf(traffic: TrafficStore, site: string): Promise<Visit[]> {
  const all: Visit[] = []
  for await (const some of traffic.visits(site, day)) all.push(...some)
  return all
}

for (const { name, stores } of everyStore()) {
  describe(`recorded traffic in ${name}`, () => {
    it('comes back as it was, in the order in which it was added', async () => {
      const site = randomUUID()
      const { traffic } = stores()
      const visits = [visit(1), visit(2, { section: 'world', tags: ['asia'], openedBy: 'subscription' })]
      assert.equal(await traffic.add({ site, day, halvings: 0, visits }), 0)
      assert.equal(await traffic.add({ site, day, halvings: 0, visits: [visit(3)] }), 0)
      assert.deepEqual(await visitsOf(traffic, site), [...visits, visit(3)])
    })

    it('is of every reader, wherever they stand among them', async () => {
      const site = randomUUID()
      const { traffic } = stores()
      const visits = [0.99, 0.5, 0.4999, 0.01, 0].map((place, index) => visit(index, { place }))
      await traffic.add({ site, day, halvings: 0, visits })
      assert.deepEqual(new Set(await visitsOf(traffic, site)), new Set(visits))
      assert.equal(await traffic.share(site, [day]), 1)
    })

    it('may be long', async () => {
      const site = randomUUID()
      const { traffic } = stores()
      const visits = Array.from({ length: 2_500 }, (_, index) => visit(index))
      await traffic.add({ site, day, halvings: 0, visits })
      assert.deepEqual(await visitsOf(traffic, site), visits)
    })

    it('is left out for half of the readers as soon as a day has too much', async () => {
      const site = randomUUID()
      const { traffic } = stores()
      const some = (from: number, count: number, place: number) =>
        Array.from({ length: count }, (_, index) => visit(from + index, { place }))
      const half = mostVisitsADay / 2
      assert.equal(await traffic.add({ site, day, halvings: 0, visits: some(0, half, 0.7) }), 0)
      assert.equal(await traffic.add({ site, day, halvings: 0, visits: some(half, half, 0.2) }), 0)
      assert.equal(await traffic.add({ site, day, halvings: 0, visits: some(0, 1, 0.7) }), 1)
      assert.deepEqual(await visitsOf(traffic, site), some(half, half, 0.2))
      assert.equal(await traffic.share(site, [day]), 0.5)
    })

    it('takes no more of whom another process has left out', async () => {
      const site = randomUUID()
      const { traffic } = stores()
      await traffic.add({ site, day, halvings: 0, visits: [visit(1, { place: 0.6 })] })
      assert.equal(await traffic.add({ site, day, halvings: 2, visits: [] }), 2)
      const visits = [visit(2, { place: 0.6 }), visit(3, { place: 0.2 })]
      assert.equal(await traffic.add({ site, day, halvings: 0, visits }), 2)
      assert.deepEqual(await visitsOf(traffic, site), [visit(3, { place: 0.2 })])
    })

    it('knows the share of readers that is there whole', async () => {
      const site = randomUUID()
      const { traffic } = stores()
      assert.equal(await traffic.share(site, [day]), 1)
      await traffic.add({ site, day, halvings: 2, visits: [] })
      await traffic.add({ site, day: '2026-11-23', halvings: 1, visits: [] })
      assert.equal(await traffic.share(site, ['2026-11-23', day]), 0.25)
    })
  })
}
