import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Version } from '../../src/publishing/version-store.ts'
import { everyStore } from './stores.ts'

function version(number: number, source: string): Version {
  return { number, source, configuration: { sites: [] }, publishedAtMs: 1_000 * number }
}

for (const { name, stores } of everyStore()) {
  describe(`the version store on ${name}`, () => {
    it('remembers the first start for ever', async () => {
      assert.equal(await stores().versions.firstStart(1_000), 1_000)
      assert.equal(await stores().versions.firstStart(2_000), 1_000)
    })

    it('only ever adds versions, and gives a number away once', async () => {
      assert.equal(await stores().versions.latest(), null)
      assert.equal(await stores().versions.publishVersion(version(1, 'one')), true)
      assert.equal(await stores().versions.publishVersion(version(2, 'two')), true)
      assert.equal(await stores().versions.publishVersion(version(2, 'another two')), false)
      assert.deepEqual(await stores().versions.latest(), version(2, 'two'))
    })
  })
}
