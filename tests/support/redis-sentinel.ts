import type { Redis } from 'ioredis'
import { startRedis } from './redis.ts'
import { operatorOf, until } from './redis-cluster.ts'

export const masterName = 'lantern'

/** A master, its replica and three Sentinels of the test's own, of which two decide. All know each other when this resolves. */
export async function startRedisSentinel() {
  await using opening = new AsyncDisposableStack()
  const start = async (options: Parameters<typeof startRedis>[0]) =>
    opening.adopt(await startRedis(options), (server) => server.stop())
  const master = await start({ settings: promptly })
  const replica = await start({ settings: { ...promptly, replicaof: `127.0.0.1 ${master.port}` } })
  const sentinels = await Promise.all([1, 2, 3].map(() => start({ sentinel: configuration(master.port) })))
  const clients = sentinels.map(({ port }) =>
    opening.adopt(operatorOf(port), (client) => client.disconnect()),
  )
  await Promise.all(clients.map((client) => until(() => isInformed(client))))

  const opened = opening.move()
  return {
    /** As REDIS_URL wants it. */
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${masterName}`,
    master,
    replica,
    /** Has the Sentinels hand over to the replica, as an operator does before maintenance. */
    async handOver(): Promise<void> {
      await clients[0]?.call('SENTINEL', 'FAILOVER', masterName)
    },
    /** Resolves when the Sentinels agree that the replica is the master now. */
    async failedOver(): Promise<void> {
      await Promise.all(
        clients.map((client) => until(async () => (await masterPort(client)) === replica.port)),
      )
    },
    /** How many readers' records the former replica has. */
    async viewsOnReplica(): Promise<number> {
      const operator = operatorOf(replica.port)
      const records = await operator.keys('v:*')
      operator.disconnect()
      return records.length
    },
    stop: () => opened.disposeAsync(),
  }
}

const promptly = { 'repl-diskless-sync-delay': 0 }

function configuration(masterPort: number): string {
  return [
    `sentinel monitor ${masterName} 127.0.0.1 ${masterPort} 2`,
    `sentinel down-after-milliseconds ${masterName} 500`,
    `sentinel failover-timeout ${masterName} 2000`,
    '',
  ].join('\n')
}

async function isInformed(sentinel: Redis): Promise<boolean> {
  const info = await sentinel.info('sentinel')
  const replicas = await sentinel.call('SENTINEL', 'REPLICAS', masterName)
  return /status=ok,.*slaves=1,sentinels=3/.test(info) && /,master-link-status,ok,/.test(String(replicas))
}

async function masterPort(sentinel: Redis): Promise<number> {
  const address = await sentinel.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', masterName)
  return Array.isArray(address) ? Number(address[1]) : 0
}
