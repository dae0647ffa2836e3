import { after, before } from 'node:test'
import { openRedisStores } from '../../src/stores/open.redis.ts'
import type { Stores } from '../../src/stores/stores.ts'
import type { StoreUnderTest } from '../contracts/stores.ts'
import { startRedisCluster } from './redis-cluster.ts'

/** A store on a real Cluster of three masters, for a contract suite: opened before its tests, closed after them. */
export function clusterUnderTest(log: Parameters<typeof openRedisStores>[1]): StoreUnderTest {
  let opened: { stores: Stores; stop: () => Promise<void> } | null = null
  before(async () => {
    const cluster = await startRedisCluster()
    opened = {
      stores: await openRedisStores(cluster.urls, log, { deadlineMs: 5_000 }),
      stop: () => cluster.stop(),
    }
  })
  after(async () => {
    await opened?.stores.close()
    await opened?.stop()
  })
  return {
    name: 'a Redis Cluster',
    stores() {
      if (opened === null) throw new Error('the store is opened before the first test')
      return opened.stores
    },
  }
}
