import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Redis } from 'ioredis'
import { articleFingerprint, type Commit, meterFingerprint } from '../../src/metering/views.ts'
import { keys } from '../../src/stores/keys.redis.ts'
import { openRedisStores } from '../../src/stores/open.redis.ts'
import type { Stores } from '../../src/stores/stores.ts'
import { startRedis } from '../support/redis.ts'

describe('a record in Redis that is not one', () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  let stores: Stores

  before(async () => {
    server = await startRedis()
    stores = await openRedisStores([new URL(server.url)], { info() {}, warn() {} }, { deadlineMs: 10_000 })
    const operator = new Redis(server.url)
    await operator.lpush(keys.views('demo:damaged'), 'a list')
    operator.disconnect()
  })
  after(async () => {
    await stores.close()
    await server.stop()
  })

  it('fails its own reader’s views, and not those that are counted in the same call', async () => {
    const [damaged, whole] = await Promise.allSettled(
      ['demo:damaged', 'demo:whole'].map((reader) => stores.meter.recordView(reader, commit)),
    )
    assert.match(damaged?.status === 'rejected' ? damaged.reason.message : '', /WRONGTYPE/)
    assert.equal(whole?.status === 'fulfilled' && whole.value.judgement.outcome, 'counted')
  })

  it('fails its own reader’s questions only', async () => {
    const [damaged, whole] = await Promise.allSettled(
      ['demo:damaged', 'demo:whole'].map((reader) => stores.meter.readerFacts(reader)),
    )
    assert.match(damaged?.status === 'rejected' ? damaged.reason.message : '', /WRONGTYPE/)
    assert.equal(whole?.status === 'fulfilled' && whole.value.views.length, 1)
  })
})

const commit: Commit = {
  article: articleFingerprint('flood-aid'),
  atSeconds: 1_800_000_000,
  retainSeconds: 86_400,
  meters: [
    {
      meter: meterFingerprint('default'),
      limit: 5,
      fromSeconds: 1_799_000_000,
      untilSeconds: 1_801_000_000,
    },
  ],
  nudges: [],
}
