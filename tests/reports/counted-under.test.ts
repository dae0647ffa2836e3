import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createCountedUnder } from '../../src/reports/counted-under.ts'
import type { Traits } from '../../src/reports/measures.ts'
import { createRecorder } from '../../src/reports/recorder.ts'
import { createSales } from '../../src/reports/sales.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import { anAttempt } from '../subscriptions/examples.ts'
import { roomRules } from '../support/reading-room.ts'

const rules = roomRules({})
const unknown: Traits = {
  section: null,
  device: null,
  country: null,
  offer: null,
  version: null,
  group: null,
}
const site = 'demo'
const attempt = anAttempt()
const day = rules.dayAt(attempt.consent.atMs)
const sections = Array.from({ length: 200 }, (_, index) => `section ${index}`)

describe('the sections that pages name', () => {
  it('are counted by name up to 200 a day, however often numbers are written, and then as one', async () => {
    await using desk = openDesk()
    for (const section of sections) await desk.view(section)
    for (const section of ['one more', 'yet another', 'section 7']) await desk.view(section)
    const counts = await desk.countsBySection()
    assert.equal(counts.size, 201)
    assert.equal(counts.get('other')?.views, 2)
    assert.equal(counts.get('section 7')?.views, 2)
  })

  it('are the same for sales: one beyond the 200 counts with the others, a known one under its name', async () => {
    await using desk = openDesk()
    for (const section of sections) await desk.view(section)
    await desk.begin('made up for this order')
    await desk.begin('section 7')
    const counts = await desk.countsBySection()
    assert.equal(counts.size, 201)
    assert.equal(counts.get('other')?.checkouts, 1)
    assert.equal(counts.get('section 7')?.checkouts, 1)
  })

  it('are new on another day', () => {
    const countedUnder = createCountedUnder()
    for (const section of sections) countedUnder({ site, day }, { ...unknown, section })
    const placesOn = (day: string) => countedUnder({ site, day }, { ...unknown, section: 'sport' })
    assert.deepEqual(placesOn(day)[1], { dimension: 'section', value: 'other' })
    assert.deepEqual(placesOn('2026-11-25')[1], { dimension: 'section', value: 'sport' })
  })

  it('lose nothing but the broken letter where a name is no well-formed Unicode', async () => {
    await using desk = openDesk()
    await desk.view('world \ud83c')
    assert.deepEqual([...(await desk.countsBySection()).keys()], ['world \ufffd'])
  })
})

function openDesk() {
  const stores = openSqliteStores(':memory:', Date.now)
  const log = { warn: (details: unknown) => assert.fail(JSON.stringify(details)) }
  const counting = { store: stores.reports, countedUnder: createCountedUnder(), log }
  const recorder = createRecorder(counting)
  const sales = createSales({ ...counting, rulesOf: () => rules })
  return {
    async view(section: string) {
      const traits = { ...unknown, section }
      const occurrence = { site, day, reader: 'ann', traits, offerShown: false, reached: null }
      recorder.record({ ...occurrence, kind: 'viewed' })
      await recorder.flush()
    },
    begin(section: string) {
      const visit = { section, device: null, country: null }
      return sales.begun(anAttempt({ id: `at_${section}`, visit }))
    },
    async countsBySection() {
      const slices = await stores.reports.slices(site, [day], 'section')
      return new Map(slices.map(({ value, counts }) => [value, counts]))
    },
    async [Symbol.asyncDispose]() {
      await recorder.stop()
      await stores.close()
    },
  }
}
