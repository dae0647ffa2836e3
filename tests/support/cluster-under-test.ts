import { after, before } from 'node:test'
import { openRedisStores } from '../../src/stores/open.redis.ts'
import type { Stores } from '../../src/stores/stores.ts'
import type { StoreUnderTest } from '../contracts/stores.ts'
import { startRedisCluster } from './redis-cluster.ts'

/** A store on a real Cluster of three masters, for a contract suite: opened before its tests, closed after them. */
export function clusterUnderTest(log: Parameters<typeof openRedisStores>[1]): StoreUnderTest {
  const opened = new AsyncDisposableStack()
  let stores: Stores | null = null
  before(async () => {
    const cluster = opened.adopt(await startRedisCluster(), (started) => started.stop())
    stores = opened.adopt(await openRedisStores(cluster.urls, log, { deadlineMs: 5_000 }), (open) =>
      open.close(),
    )
  })
  after(() => opened.disposeAsync())
  return {
    name: 'a Redis Cluster',
    stores() {
      if (stores === null) throw new Error('the store is opened before the first test')
      return stores
    },
  }
}
