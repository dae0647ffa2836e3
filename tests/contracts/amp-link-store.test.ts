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
      await links().connect({
        ampReader: 'demo:amp-2',
        reader: 'demo:anna',
        registered: false,
        now,
        expiresAtMs,
      })
      await links().connect({
        ampReader: 'demo:amp-3',
        reader: 'demo:ben',
        registered: true,
        now,
        expiresAtMs,
      })
      assert.deepEqual(await links().connected('demo:amp-2'), { reader: 'demo:anna', registered: false })
      assert.deepEqual(await links().connected('demo:amp-3'), { reader: 'demo:ben', registered: true })
    })

    it('believes the last who said so', async () => {
      await links().connect({
        ampReader: 'demo:amp-4',
        reader: 'demo:anna',
        registered: false,
        now,
        expiresAtMs,
      })
      await links().connect({
        ampReader: 'demo:amp-4',
        reader: 'demo:ben',
        registered: true,
        now,
        expiresAtMs,
      })
      assert.deepEqual(await links().connected('demo:amp-4'), { reader: 'demo:ben', registered: true })
    })

    it('hands what a reader has connected on to the account they sign in to, and nothing of others', async () => {
      const registered = false
      for (const ampReader of ['demo:amp-6', 'demo:amp-7'])
        await links().connect({ ampReader, reader: 'demo:cleo', registered, now, expiresAtMs })
      await links().connect({ ampReader: 'demo:amp-7', reader: 'demo:dora', registered, now, expiresAtMs })
      for (let time = 0; time < 2; time += 1) await links().moveReader('demo:cleo', 'demo:account')
      assert.deepEqual(await links().connected('demo:amp-6'), { reader: 'demo:account', registered: true })
      assert.deepEqual(await links().connected('demo:amp-7'), { reader: 'demo:dora', registered })
      assert.deepEqual(await links().ampReadersOf('demo:account'), ['demo:amp-6'])
      assert.deepEqual(await links().ampReadersOf('demo:cleo'), [])
    })

    it('forgets a reader who asks for it, and nobody else', async () => {
      for (const [ampReader, reader] of [
        ['demo:amp-8', 'demo:emil'],
        ['demo:amp-9', 'demo:emil'],
        ['demo:amp-9', 'demo:fred'],
      ] as const)
        await links().connect({ ampReader, reader, registered: true, now, expiresAtMs })
      for (let time = 0; time < 2; time += 1) await links().forgetReader('demo:emil')
      assert.equal(await links().connected('demo:amp-8'), null)
      assert.deepEqual(await links().ampReadersOf('demo:emil'), [])
      assert.deepEqual(await links().ampReadersOf('demo:fred'), ['demo:amp-9'])
    })

    it('forgets by itself', async () => {
      await links().connect({
        ampReader: 'demo:amp-5',
        reader: 'demo:anna',
        registered: false,
        now,
        expiresAtMs: now + 1,
      })
      const forgotten = async () => (await links().connected('demo:amp-5')) === null
      while (!(await forgotten())) assert.ok(Date.now() < now + 60_000)
    })
  })
}
