import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import type { TrafficStore } from '../../src/what-if/traffic-store.ts'
import type { Visit } from '../../src/what-if/visit.ts'
import { everyStore } from './stores.ts'

const day = '2026-11-24'

function visit(atSeconds: number, more: Partial<Visit> = {}): Visit {
  return {
    atSeconds,
    reader: 7,
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
      assert.equal(await traffic.add({ site, day, share: 1, visits }), 2)
      assert.equal(await traffic.add({ site, day, share: 1, visits: [visit(3)] }), 3)
      assert.deepEqual(await visitsOf(traffic, site), [...visits, visit(3)])
    })

    it('may be long', async () => {
      const site = randomUUID()
      const { traffic } = stores()
      const visits = Array.from({ length: 2_500 }, (_, index) => visit(index))
      assert.equal(await traffic.add({ site, day, share: 1, visits }), 2_500)
      assert.deepEqual(await visitsOf(traffic, site), visits)
    })

    it('knows the share of readers that is there whole', async () => {
      const site = randomUUID()
      const { traffic } = stores()
      assert.equal(await traffic.share(site, [day]), 1)
      await traffic.add({ site, day, share: 0.25, visits: [] })
      await traffic.add({ site, day, share: 0.5, visits: [] })
      assert.equal(await traffic.share(site, ['2026-11-23', day]), 0.25)
    })
  })
}
