import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import type { Rules } from '../../src/paywall/rules.ts'
import { readVersion } from '../../src/publishing/first-version.ts'
import { rulesInForce } from '../../src/publishing/rules-in-force.ts'
import type { Followed } from '../../src/stores/follow.ts'
import { openRedisStores } from '../../src/stores/open.redis.ts'
import { startRedis } from '../support/redis.ts'
import { eventually, publishAnyway } from './examples.ts'

const log = pino({ level: 'silent' })

/** What one process does: a connection of its own, and the rules it answers by. */
async function startProcess(url: string) {
  const stores = await openRedisStores([new URL(url)], log, { deadlineMs: 10_000 })
  const failures = { count: 0 }
  const rules = await rulesInForce({
    directory: 'config',
    store: stores.versions,
    serviceUrl: new URL('http://localhost:3000'),
    crawlers: () => false,
    watch: {
      versionTaken() {},
      versionFailed() {
        failures.count += 1
      },
    },
    log,
    now: 1_000,
  })
  return {
    stores,
    rules,
    failures,
    async stop() {
      rules.stop()
      await stores.close()
    },
  }
}

describe('a published version', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  let one: Awaited<ReturnType<typeof startProcess>>
  let other: Awaited<ReturnType<typeof startProcess>>
  before(async () => {
    redis = await startRedis({ appendOnly: true })
    one = await startProcess(redis.url)
    other = await startProcess(redis.url)
  })
  after(async () => {
    await one.stop()
    await other.stop()
    await redis.stop()
  })

  const limitOf = (rules: Followed<Rules>) => rules.current().onlySite?.meters[0]?.limit.anonymous

  async function configurationWithLimit(anonymous: number) {
    const version = await one.stores.versions.version(1)
    assert.ok(version)
    const { configuration } = readVersion(version)
    return { ...configuration, meters: [{ ...configuration.meters[0], limit: { anonymous, registered: 9 } }] }
  }

  it('rules in every process without a restart', async () => {
    assert.equal(limitOf(other.rules), 5)
    await publishAnyway(one.stores.versions, await configurationWithLimit(3))
    await one.rules.refresh()
    assert.equal(limitOf(one.rules), 3)
    await eventually(() => limitOf(other.rules) === 3)
    assert.equal(other.rules.current().version, 2)
  })

  it('that cannot be used changes nothing, and the one after it rules again', async () => {
    const before = other.failures.count
    await publishAnyway(one.stores.versions, { sites: [] })
    await eventually(() => other.failures.count > before)
    assert.equal(limitOf(other.rules), 3)
    await publishAnyway(one.stores.versions, await configurationWithLimit(4))
    await eventually(() => limitOf(other.rules) === 4)
  })

  it('is followed again when a store that was away is back', async () => {
    await redis.kill()
    const before = other.failures.count
    await eventually(() => other.failures.count > before)
    assert.equal(limitOf(other.rules), 4)
    await redis.restart()
    const configuration = await eventuallyAnswered(() => configurationWithLimit(6))
    await publishAnyway(one.stores.versions, configuration)
    await eventually(() => limitOf(other.rules) === 6)
  })

  it('stays when the store has lost everything', async () => {
    const client = connect(redis.port, '127.0.0.1')
    client.write('FLUSHALL\r\n')
    await once(client, 'data')
    client.destroy()
    const before = other.failures.count
    await eventually(() => other.failures.count > before + 1)
    assert.equal(limitOf(other.rules), 6)
  })
})

/** Until Redis is back the connection rejects at once. */
async function eventuallyAnswered<T>(question: () => Promise<T>): Promise<T> {
  const answers: T[] = []
  await eventually(() =>
    question().then(
      (answer) => answers.push(answer) > 0,
      () => false,
    ),
  )
  const [first] = answers
  assert.ok(first)
  return first
}
