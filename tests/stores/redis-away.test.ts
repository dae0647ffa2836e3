import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { startLoad, view } from '../support/load.ts'
import { startRedis } from '../support/redis.ts'
import { operatorOf } from '../support/redis-cluster.ts'
import { type Service, startService } from '../support/service.ts'
import { assertCounted, assertNoErrorPage, unavailable, untilCounting } from './checks.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
let service: Service
let opened: AsyncDisposableStack

beforeEach(async () => {
  opened = new AsyncDisposableStack()
  redis = opened.adopt(await startRedis({ appendOnly: true }), (started) => started.stop())
  const environment = { REDIS_URL: redis.url, STORE_TIMEOUT_MS: '200' }
  service = opened.adopt(await startService({ environment }), (started) => started.stop())
})
afterEach(() => opened.disposeAsync())

/** How many questions were not even sent to Redis. */
async function turnedAwayAtOnce(): Promise<number> {
  const metrics = await (await fetch(`${service.url}/metrics`)).text()
  return Number(/^newsrack_store_failures_total{kind="breaker"} (\d+)$/m.exec(metrics)?.[1])
}

describe('readers while Redis is away', () => {
  it('are answered when it is killed, and counted again when it is back with what it had on disk', async () => {
    const load = startLoad(service)
    await load.more(60)
    await redis.kill()
    await load.more(60)
    await redis.restart()
    await untilCounting(service)
    const before = load.answers.length
    await load.more(120)
    const answers = await load.stop()
    assertNoErrorPage(answers)
    assert.ok(unavailable(answers).length >= 30)
    assert.ok(unavailable(answers.slice(before)).length < 16, 'only what was under way')
    await assertCounted(service, answers)
  })

  it('are answered while it is frozen, without waiting for it to thaw', async () => {
    const load = startLoad(service)
    await load.more(60)
    redis.freeze()
    await load.more(120)
    assert.ok((await turnedAwayAtOnce()) >= 60, 'not everyone waits for the deadline')
    redis.thaw()
    await untilCounting(service)
    await load.more(120)
    const answers = await load.stop()
    assertNoErrorPage(answers)
    assert.ok(unavailable(answers).length >= 60)
    await assertCounted(service, answers)
  })

  it('are refused where the site’s policy says so', async () => {
    const configDir = await mkdtemp(join(tmpdir(), 'newsrack-closed-'))
    await cp('config', configDir, { recursive: true })
    const sites = join(configDir, 'sites.yaml')
    const written = await readFile(sites, 'utf8')
    await writeFile(sites, written.replace('whenStoreUnavailable: open', 'whenStoreUnavailable: closed'))
    const strict = await startService({ environment: { REDIS_URL: redis.url, CONFIG_DIR: configDir } })
    assert.equal((await view(strict, 'ann', 'article')).reason, 'metered')
    await redis.kill()
    for (const article of ['article', 'another']) {
      const { granted, reason, status } = await view(strict, 'ann', article)
      assert.deepEqual(
        { granted, reason, status },
        { granted: false, reason: 'store_unavailable', status: 200 },
      )
    }
    await strict.stop()
    await rm(configDir, { recursive: true })
  })
})

describe('Redis', () => {
  it('is asked once for a decision', async () => {
    const calls = await scriptCalls(async () => {
      for (const article of ['one', 'two', 'three']) await view(service, 'a-lone-reader', article)
      return 3
    })
    assert.deepEqual(calls, { answers: 3, calls: 3 })
  })

  it('is asked less than once a decision where many are taken at once', async () => {
    const { answers, calls } = await scriptCalls(async () => {
      const load = startLoad(service)
      await load.more(200)
      const answers = await load.stop()
      assert.equal(unavailable(answers).length, 0)
      return answers.length
    })
    assert.ok(calls > 0 && calls < answers, `${calls} calls for ${answers} answers`)
  })

  it('may lose its scripts under load, and no reader notices', async () => {
    const operator = opened.adopt(operatorOf(redis.port), (each) => each.disconnect())
    const load = startLoad(service)
    for (let flush = 0; flush < 5; flush += 1) {
      await load.more(32)
      await operator.script('FLUSH')
    }
    await load.more(32)
    const answers = await load.stop()
    assertNoErrorPage(answers)
    assert.deepEqual(unavailable(answers), [])
    await assertCounted(service, answers)
  })
})

/**
 * How many scripts Redis ran on what readers have read, for so many answers. Redis is watched over a socket of our own, as
 * ioredis takes what it tells for the reply to MONITOR where the two come together.
 */
async function scriptCalls(ask: () => Promise<number>): Promise<{ answers: number; calls: number }> {
  await using closing = new AsyncDisposableStack()
  const operator = closing.adopt(operatorOf(redis.port), (each) => each.disconnect())
  const socket = connect(redis.port, '127.0.0.1')
  closing.defer(() => void socket.destroy())
  const told = createInterface(socket)[Symbol.asyncIterator]()
  socket.write('MONITOR\r\n')
  assert.equal((await told.next()).value, '+OK')
  const answers = await ask()
  // What came before it has then been told.
  await operator.echo(endOfCounting)
  let calls = 0
  for (
    let line = await told.next();
    !line.done && !line.value.includes(endOfCounting);
    line = await told.next()
  ) {
    if (/"eval(sha)?" .*"v:\{/i.test(line.value)) calls += 1
  }
  return { answers, calls }
}

const endOfCounting = 'no further questions'
