import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { noCounts } from '../../src/reports/measures.ts'
import type { CellBatch, DayBatch, Sale } from '../../src/reports/report-store.ts'
import { everyStore } from './stores.ts'

for (const { name, stores } of everyStore()) {
  describe(`reports in ${name}`, () => {
    const day = '2026-11-24'

    function batch(site: string, more: Partial<DayBatch> = {}): DayBatch {
      return { site, day, cells: [], reached: [], ...more }
    }

    function section(value: string, readers: string[], views: number): CellBatch {
      const places = [
        { dimension: 'all', value: '' },
        { dimension: 'section', value },
      ] as const
      return { places, counts: { ...noCounts(), views }, readers, stopped: [] }
    }

    it('add up what several processes have seen', async () => {
      const site = randomUUID()
      const { reports } = stores()
      await reports.add(batch(site, { cells: [section('world', ['ann', 'ben'], 3)] }))
      await reports.add(batch(site, { cells: [section('world', ['ben', 'cy'], 2)] }))
      const [world] = await reports.slices(site, [day], 'section')
      assert.deepEqual(world, {
        value: 'world',
        counts: { ...noCounts(), views: 5 },
        readers: 3,
        stopped: 0,
      })
    })

    it('add up the cells that are counted in the same place, and its readers once', async () => {
      const site = randomUUID()
      const { reports } = stores()
      const readers = Array.from({ length: 450 }, (_, index) => `reader ${index}`)
      const cells = [section('world', readers, 450), section('sport', readers.slice(0, 50), 60)]
      await reports.add(batch(site, { cells }))
      const [all] = await reports.slices(site, [day], 'all')
      assert.equal(all?.counts.views, 510)
      assert.ok(Math.abs((all?.readers ?? 0) - 450) < 10, `${all?.readers} readers are counted`)
    })

    it('count a reader of several days once', async () => {
      const site = randomUUID()
      const { reports } = stores()
      await reports.add(batch(site, { cells: [section('world', ['ann'], 1)] }))
      await reports.add({ ...batch(site), day: '2026-11-25', cells: [section('world', ['ann', 'ben'], 2)] })
      const slices = await reports.slices(site, [day, '2026-11-25'], 'section')
      assert.deepEqual(
        slices.map(({ readers, counts }) => [readers, counts.views]),
        [[2, 3]],
      )
      assert.equal((await reports.slices(site, ['2026-11-26'], 'section')).length, 0)
    })

    it('keep a section apart whatever its name is', async () => {
      const site = randomUUID()
      const { reports } = stores()
      const names = ['a/b', 'a', 'ü ☕', '%2F', '']
      await reports.add(batch(site, { cells: names.map((value) => section(value, ['ann'], 1)) }))
      const slices = await reports.slices(site, [day], 'section')
      assert.deepEqual(slices.map(({ value }) => value).sort(), [...names].sort())
    })

    it('know how far readers have come in a window', async () => {
      const site = randomUUID()
      const { reports } = stores()
      const reached = [{ meter: 'default', window: '2026-12-01T00:00:00-05:00', used: 2, readers: 4 }]
      await reports.add(batch(site, { reached }))
      await reports.add(batch(site, { reached }))
      assert.deepEqual(await reports.reached(site, [day]), [{ ...reached[0], readers: 8 }])
    })

    it('count a step of a sale once, however often it is told', async () => {
      const site = randomUUID()
      const { reports } = stores()
      const sale: Sale = {
        site,
        day,
        attempt: 'at_1',
        step: 'bought',
        places: [{ dimension: 'all', value: '' }],
        monthly: { amount: 1999, currency: 'USD' },
      }
      await Promise.all([reports.addSale(sale), reports.addSale(sale), reports.addSale(sale)])
      await reports.addSale({ ...sale, step: 'cancelled', monthly: null })
      await reports.addSale({ ...sale, attempt: 'at_2' })
      const [all] = await reports.slices(site, [day], 'all')
      assert.deepEqual(all?.counts, { ...noCounts(), bought: 2, cancelled: 1, revenue: { USD: 3998 } })
    })
  })
}
