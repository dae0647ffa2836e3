import { after, before } from 'node:test'
import { openRedisStores } from '../../src/stores/open.redis.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import type { Stores } from '../../src/stores/stores.ts'
import { clusterUnderTest } from '../support/cluster-under-test.ts'
import { startRedis } from '../support/redis.ts'

/** A store for a contract suite: opened before its tests, closed after them. */
export type StoreUnderTest = { name: string; stores: () => Stores }

/** Every implementation that a contract suite is to run on: a real redis-server, a Cluster of three, and SQLite in memory. */
export function everyStore(): StoreUnderTest[] {
  return [redisUnderTest(), clusterUnderTest(failOnError), sqliteUnderTest()]
}

function sqliteUnderTest(): StoreUnderTest {
  const stores = openSqliteStores(':memory:', Date.now)
  after(() => stores.close())
  return { name: 'SQLite', stores: () => stores }
}

function redisUnderTest(): StoreUnderTest {
  let opened: { stores: Stores; stop: () => Promise<void> } | null = null
  before(async () => {
    const redis = await startRedis()
    const stores = await openRedisStores([new URL(redis.url)], failOnError, { deadlineMs: 5_000 })
    opened = { stores, stop: () => redis.stop() }
  })
  after(async () => {
    await opened?.stores.close()
    await opened?.stop()
  })
  return {
    name: 'Redis',
    stores() {
      if (opened === null) throw new Error('the store is opened before the first test')
      return opened.stores
    },
  }
}

/** No suite expects its Redis to go away. */
const failOnError = {
  info: () => {},
  warn(details: unknown) {
    throw new Error('Redis went away', { cause: details })
  },
}
