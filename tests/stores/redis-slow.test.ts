import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { startLoad, view } from '../support/load.ts'
import { startRedis } from '../support/redis.ts'
import { type Service, startService } from '../support/service.ts'
import { startSlowProxy } from '../support/slow-proxy.ts'
import { assertCounted, assertNoErrorPage, unavailable, untilCounting } from './checks.ts'

let proxy: Awaited<ReturnType<typeof startSlowProxy>>
let service: Service
let opened: AsyncDisposableStack

beforeEach(async () => {
  opened = new AsyncDisposableStack()
  const redis = opened.adopt(await startRedis(), (started) => started.stop())
  proxy = opened.adopt(await startSlowProxy(redis.port), (started) => started.stop())
  const environment = { REDIS_URL: proxy.url, STORE_TIMEOUT_MS: '200' }
  service = opened.adopt(await startService({ environment }), (started) => started.stop())
})
afterEach(() => opened.disposeAsync())

describe('readers, when the way to Redis', () => {
  it('is long, are counted as ever', async () => {
    proxy.delay(5)
    const load = startLoad(service)
    await load.more(200)
    const answers = await load.stop()
    assertNoErrorPage(answers)
    assert.ok(unavailable(answers).length < 16)
    await assertCounted(service, answers)
  })

  it('takes longer than the deadline, are answered by the site’s policy', async () => {
    const load = startLoad(service)
    await load.more(60)
    proxy.delay(300)
    await load.more(120)
    proxy.delay(0)
    await untilCounting(service)
    await load.more(120)
    const answers = await load.stop()
    assertNoErrorPage(answers)
    assert.ok(unavailable(answers).length >= 60)
    await assertCounted(service, answers)
  })

  it('is silent both ways, are answered, and counted when it is open again', async () => {
    const load = startLoad(service)
    await load.more(60)
    proxy.freeze()
    await load.more(120)
    proxy.thaw()
    await untilCounting(service)
    const answers = await load.stop()
    assertNoErrorPage(answers)
    assert.ok(unavailable(answers).length >= 60)
    await assertCounted(service, answers)
  })

  it('breaks again and again, are answered', async () => {
    const load = startLoad(service)
    for (let time = 0; time < 5; time += 1) {
      await load.more(32)
      proxy.cut()
    }
    await untilCounting(service)
    const answers = await load.stop()
    assertNoErrorPage(answers)
    await assertCounted(service, answers)
  })

  it('has forgotten the connection without a word, are counted on a new one', async () => {
    assert.equal((await view(service, 'ann', 'article')).reason, 'metered')
    proxy.strand()
    assert.equal((await view(service, 'ann', 'article')).reason, 'store_unavailable')
    await untilCounting(service)
    assert.equal((await view(service, 'ann', 'article')).reason, 'reread')
  })
})
