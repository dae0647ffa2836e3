import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RecordedDecision } from '../../src/paywall/decision-store.ts'
import { everyStore } from './stores.ts'

const decision: RecordedDecision = {
  id: 'd_1',
  atMs: 1_000,
  site: 'demo',
  reader: 'demo:abcdefghijklmnop',
  registered: false,
  article: { id: 'a', class: 'metered', section: 'world' },
  counted: true,
  answer: { granted: true, reason: 'free', meter: null, wall: null, configVersion: 1 },
  offer: null,
}

for (const { name, stores } of everyStore()) {
  describe(`the store of recent decisions on ${name}`, () => {
    it('finds a decision by its id, and no other', async () => {
      await stores().decisions.saveDecision(decision)
      assert.deepEqual(await stores().decisions.decision('d_1'), decision)
      assert.equal(await stores().decisions.decision('d_2'), null)
    })
  })
}
