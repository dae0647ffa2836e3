import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { createNewsrack } from '../src/app.ts'
import { readSettings } from '../src/settings.ts'
import { keys } from '../src/stores/keys.redis.ts'
import { StoreAbsent } from '../src/stores/stores.ts'
import { startRedis } from './support/redis.ts'
import { operatorOf, until } from './support/redis-cluster.ts'
import { startSlowProxy } from './support/slow-proxy.ts'

let opened: AsyncDisposableStack
let dataDir: string

beforeEach(async () => {
  opened = new AsyncDisposableStack()
  dataDir = await mkdtemp(join(tmpdir(), 'newsrack-start-'))
  opened.defer(() => rm(dataDir, { recursive: true, force: true }))
})
afterEach(() => opened.disposeAsync())

/** Puts a service together, with whatever it has to be closed with when the test ends. */
async function start(environment: Record<string, string>, startWithinMs = 10_000) {
  const settings = readSettings({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', ...environment })
  const parts = { settings, log: pino({ level: 'silent' }), now: Date.now, startWithinMs }
  const newsrack = await createNewsrack(parts)
  opened.defer(newsrack.close)
  return newsrack
}

async function redisServer() {
  const redis = opened.adopt(await startRedis(), (server) => server.stop())
  const operator = opened.adopt(operatorOf(redis.port), (client) => client.disconnect())
  return { redis, operator }
}

type Operator = Awaited<ReturnType<typeof redisServer>>['operator']

/** Until Redis has nobody connected but the operator. */
async function untilLeftAlone(operator: Operator): Promise<void> {
  await until(
    async () =>
      String(await operator.client('LIST'))
        .trim()
        .split('\n').length === 1,
  )
}

/** SQLite keeps these while a database is open, and removes them when it is closed. */
async function databasesOpen(): Promise<string[]> {
  return (await readdir(dataDir)).filter((name) => name.endsWith('-wal'))
}

describe('a start that fails', () => {
  it('for what the files say leaves no database open', async () => {
    await assert.rejects(start({ CONFIG_DIR: join(dataDir, 'not-there') }), /not-there/)
    assert.deepEqual(await databasesOpen(), [])
  })

  it('for a key of a site that there is not leaves no database open, though the rules were being followed', async () => {
    await assert.rejects(
      start({ SITE_KEYS: 'elsewhere:a-key-of-16-characters' }),
      /there is no site elsewhere/,
    )
    assert.deepEqual(await databasesOpen(), [])
  })

  it('for what the files say leaves no connection to Redis', async () => {
    const { redis, operator } = await redisServer()
    await assert.rejects(start({ REDIS_URL: redis.url, CONFIG_DIR: join(dataDir, 'not-there') }), /not-there/)
    await untilLeftAlone(operator)
    assert.deepEqual(await databasesOpen(), [])
  })

  it('for what Redis holds says so at once, and leaves no connection', async () => {
    const { redis, operator } = await redisServer()
    await operator.set(keys.apiKeys, 'what no version of the program has written')
    await assert.rejects(start({ REDIS_URL: redis.url }), /WRONGTYPE/)
    await untilLeftAlone(operator)
  })
})

describe('a service whose Redis falls silent while it starts', () => {
  /** Each is a question of another step of the start. */
  const questions = [
    ['the time of the first start', 'setnx'],
    ['the rules', 'hlen'],
    ['the files, as the first version', keys.audit],
    ['the keys', keys.apiKeys],
    ['the console’s people', keys.people],
  ] as const

  for (const [what, words] of questions) {
    it(`starts when an answer about ${what} comes later than readers would wait`, async () => {
      const { redis, operator } = await redisServer()
      const proxy = opened.adopt(await startSlowProxy(redis.port), (way) => way.stop())
      const hasFrozen = proxy.freezeAt(words, { forMs: 300 })
      const newsrack = await start({ REDIS_URL: proxy.url, STORE_TIMEOUT_MS: '50' })
      assert.ok(hasFrozen())
      assert.ok(newsrack.announcements.length > 0)
      assert.equal(await operator.hlen(keys.versions), 1, 'the files are published once')
    })
  }

  it('stops with the setting, the address and the reason when no answer comes, and leaves nothing open', async () => {
    const { redis, operator } = await redisServer()
    const proxy = opened.adopt(await startSlowProxy(redis.port), (way) => way.stop())
    proxy.freezeAt(keys.apiKeys, { forMs: Number.POSITIVE_INFINITY })
    await assert.rejects(start({ REDIS_URL: proxy.url, STORE_TIMEOUT_MS: '50' }, 400), (error) => {
      assert.ok(error instanceof StoreAbsent)
      assert.match(error.message, /^REDIS_URL: Redis at 127.0.0.1:\d+ did not answer within 0.4 seconds: .+/)
      return true
    })
    proxy.thaw()
    await untilLeftAlone(operator)
    assert.deepEqual(await databasesOpen(), [])
  })
})
