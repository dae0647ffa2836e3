import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { everyStore } from './stores.ts'

/** The stores expire by the real clock. */
const now = Date.now()
const expiresAtMs = now + 3_600_000

for (const { name, stores } of everyStore()) {
  describe(`the store of AMP readers on ${name}`, () => {
    const links = () => stores().ampLinks

    it('knows nobody at first', async () => {
      assert.equal(await links().connected('demo:amp-1'), null)
    })

    it('knows who an AMP reader is, and keeps AMP readers apart', async () => {
      await links().connect({ ampReader: 'demo:amp-2', reader: 'demo:anna', now, expiresAtMs })
      await links().connect({ ampReader: 'demo:amp-3', reader: 'demo:ben', now, expiresAtMs })
      assert.equal(await links().connected('demo:amp-2'), 'demo:anna')
      assert.equal(await links().connected('demo:amp-3'), 'demo:ben')
    })

    it('believes the last who said so', async () => {
      await links().connect({ ampReader: 'demo:amp-4', reader: 'demo:anna', now, expiresAtMs })
      await links().connect({ ampReader: 'demo:amp-4', reader: 'demo:ben', now, expiresAtMs })
      assert.equal(await links().connected('demo:amp-4'), 'demo:ben')
    })

    it('forgets by itself', async () => {
      await links().connect({ ampReader: 'demo:amp-5', reader: 'demo:anna', now, expiresAtMs: now + 1 })
      const forgotten = async () => (await links().connected('demo:amp-5')) === null
      while (!(await forgotten())) assert.ok(Date.now() < now + 60_000)
    })
  })
}
