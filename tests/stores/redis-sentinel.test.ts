import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startLoad } from '../support/load.ts'
import { startRedisSentinel } from '../support/redis-sentinel.ts'
import { startService } from '../support/service.ts'
import { assertCounted, assertNoErrorPage, unavailable, untilCounting } from './checks.ts'

type Redis = Awaited<ReturnType<typeof startRedisSentinel>>

const ways: readonly (readonly [string, (redis: Redis) => unknown])[] = [
  ['is killed', ({ master }) => master.kill()],
  ['falls silent', ({ master }) => master.freeze()],
  ['is relieved by an operator', (redis) => redis.handOver()],
]

// Mostly waiting for the Sentinels to agree, so all at once.
describe('readers under the eyes of Sentinels', { concurrency: true }, () => {
  for (const [how, fail] of ways) {
    it(`are answered when the master ${how}, and counted on the new one`, async (test) => {
      const opened = new AsyncDisposableStack()
      test.after(() => opened.disposeAsync())
      const redis = opened.adopt(await startRedisSentinel(), (started) => started.stop())
      const environment = { REDIS_URL: redis.url, STORE_TIMEOUT_MS: '200' }
      const service = opened.adopt(await startService({ environment }), (started) => started.stop())

      const load = startLoad(service)
      await load.more(120)
      await fail(redis)
      await redis.failedOver()
      await untilCounting(service)
      const before = load.answers.length
      await load.more(120)
      const answers = await load.stop()
      assertNoErrorPage(answers)
      assert.ok(unavailable(answers.slice(before)).length < 16, 'only what was under way')
      await assertCounted(service, answers, { mayBeLost: true })
      assert.ok((await redis.viewsOnReplica()) >= 24)
    })
  }
})
