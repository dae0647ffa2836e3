import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startLoad } from '../support/load.ts'
import { startRedisCluster, until } from '../support/redis-cluster.ts'
import { startService } from '../support/service.ts'
import { assertCounted, assertNoErrorPage, unavailable } from './checks.ts'

type RedisCluster = Awaited<ReturnType<typeof startRedisCluster>>

const ways: readonly (readonly [string, (cluster: RedisCluster) => unknown])[] = [
  ['is killed', ({ masters }) => masters[0]?.kill()],
  ['falls silent', ({ masters }) => masters[0]?.freeze()],
]

// Mostly waiting for the nodes to agree, so all at once.
describe('readers on a Cluster', { concurrency: true }, () => {
  for (const [how, fail] of ways) {
    it(`are answered when a master ${how}, and counted again when its replica has taken over`, async (test) => {
      const opened = new AsyncDisposableStack()
      test.after(() => opened.disposeAsync())
      const cluster = opened.adopt(await startRedisCluster({ replicas: true }), (started) => started.stop())
      const environment = { REDIS_URL: cluster.url, STORE_TIMEOUT_MS: '200' }
      const service = opened.adopt(await startService({ environment }), (started) => started.stop())

      const load = startLoad(service)
      await load.more(120)
      await fail(cluster)
      await cluster.failedOver(0)
      await untilAllCounting(load)
      const answers = await load.stop()
      assertNoErrorPage(answers)
      const missed = new Set(unavailable(answers).map(({ reader }) => reader))
      assert.ok(missed.size > 0)
      assert.ok(missed.size < 24, 'readers of the other masters were counted all the while')
      await assertCounted(service, answers, { mayBeLost: true })
    })
  }
})

/** Until readers of every master have been counted for a while. */
async function untilAllCounting(load: ReturnType<typeof startLoad>): Promise<void> {
  await until(async () => {
    const before = load.answers.length
    await load.more(48)
    return unavailable(load.answers.slice(before)).length === 0
  })
}
