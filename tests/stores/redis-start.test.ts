import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openRedisStores } from '../../src/stores/open.redis.ts'
import { StoreAbsent } from '../../src/stores/stores.ts'
import { freePort } from '../support/free-port.ts'
import { startRedis } from '../support/redis.ts'
import { operatorOf, until } from '../support/redis-cluster.ts'

const silent = { info() {}, warn() {} }

/** Why the start failed, if it did. */
async function failedStart(...urls: string[]): Promise<unknown> {
  const addresses = urls.map((url) => new URL(url))
  return openRedisStores(addresses, silent, { startWithinMs: 200 }).catch((error: unknown) => error)
}

describe('a start without Redis', () => {
  it('fails with the name of the setting, the address and the reason', async () => {
    const port = await freePort()
    const addresses = [
      [`redis://127.0.0.1:${port}`],
      [`redis://127.0.0.1:${port}`, `redis://127.0.0.1:${port}`],
      [`redis+sentinel://127.0.0.1:${port}/lantern`],
    ]
    for (const urls of addresses) {
      const error = await failedStart(...urls)
      assert.ok(error instanceof StoreAbsent)
      assert.match(
        error.message,
        new RegExp(`^REDIS_URL: Redis at .*127.0.0.1:${port} did not answer within 0.2 seconds: .+`),
      )
    }
  })

  it('says that the password is wrong', async () => {
    const redis = await startRedis()
    const operator = operatorOf(redis.port)
    await operator.config('SET', 'requirepass', 'right')
    const error = await failedStart(`redis://:wrong@127.0.0.1:${redis.port}`)
    assert.ok(error instanceof StoreAbsent)
    assert.match(error.message, /WRONGPASS/)
    operator.disconnect()
    await redis.stop()
  })

  it('waits for a Redis that starts later', async () => {
    const redis = await startRedis()
    await redis.kill()
    const said: unknown[] = []
    const log = { info: () => said.push('back'), warn: () => said.push('away') }
    const opening = openRedisStores([new URL(redis.url)], log)
    await until(() => said.length > 0)
    await redis.restart()
    const stores = await opening
    await stores.ping()
    assert.deepEqual(said, ['away', 'back'])
    await stores.close()
    await redis.stop()
  })
})
