import { once } from 'node:events'
import { Redis } from 'ioredis'
import { freePort } from './free-port.ts'
import { startRedis } from './redis.ts'

const slots = 16_384
const masterCount = 3

/**
 * A Redis Cluster of the test's own: three masters that share the slots and, where asked for, a replica for each. It
 * answers for every slot when this resolves, and every replica is ready to take over.
 */
export async function startRedisCluster({ replicas = false }: { replicas?: boolean } = {}) {
  await using opening = new AsyncDisposableStack()
  const count = replicas ? masterCount * 2 : masterCount
  const nodes = await Promise.all(
    Array.from({ length: count }, async () => opening.adopt(await startNode(), (node) => node.stop())),
  )
  const masters = nodes.slice(0, masterCount)
  const clients = nodes.map(({ port }) => opening.adopt(operatorOf(port), (client) => client.disconnect()))
  await meet(clients, nodes)
  await Promise.all(clients.slice(masterCount).map((replica, index) => follow(replica, clients[index])))
  await Promise.all(clients.map((client) => until(() => isWhole(client, nodes.length))))

  const opened = opening.move()
  return {
    /** As REDIS_URL wants it. */
    url: masters.map(({ url }) => url).join(','),
    urls: masters.map(({ url }) => new URL(url)),
    masters,
    /** A connection to the n-th node, masters first, for what only an operator does. */
    client(index: number): Redis {
      const client = clients[index]
      if (client === undefined) throw new Error(`there is no node ${index}`)
      return client
    },
    /** Resolves when a replica has taken the place of the n-th master in the eyes of another one. */
    async failedOver(index: number): Promise<void> {
      const gone = masters[index]?.port
      const witness = clients[(index + 1) % masterCount]
      await until(async () => !(await mastersSeenBy(witness)).includes(gone))
    },
    /**
     * Moves a slot with its keys, as an operator does who shares the load anew; `halfway` the slot is on its way, and
     * its keys are not.
     */
    async moveSlot(
      slot: number,
      { from, to, halfway }: { from: number; to: number; halfway?: (source: Redis) => Promise<void> },
    ): Promise<void> {
      const [source, target] = [this.client(from), this.client(to)]
      const ids = { source: await idOf(source), target: await idOf(target) }
      await target.cluster('SETSLOT', slot, 'IMPORTING', ids.source)
      await source.cluster('SETSLOT', slot, 'MIGRATING', ids.target)
      await halfway?.(source)
      const { port } = target.options
      for (;;) {
        const keys = await source.cluster('GETKEYSINSLOT', slot, 10)
        if (keys.length === 0) break
        await source.call('MIGRATE', '127.0.0.1', String(port), '', '0', '1000', 'KEYS', ...keys.map(String))
      }
      for (const client of [target, source, ...clients.slice(0, masterCount)]) {
        await client.cluster('SETSLOT', slot, 'NODE', ids.target)
      }
    },
    stop: () => opened.disposeAsync(),
  }
}

/** The nodes' own bus has a port of its choice: Redis's is 10000 higher, which may be none. */
async function startNode() {
  const busPort = await freePort()
  const node = await startRedis({ settings: { ...clusterSettings, 'cluster-port': busPort } })
  return { ...node, busPort }
}

/** An operator's connection, who knows that nodes come and go, and waits for none for ever. */
export function operatorOf(port: number): Redis {
  return new Redis(port, '127.0.0.1', { commandTimeout: 10_000 }).on('error', () => {})
}

const clusterSettings = {
  'cluster-enabled': 'yes',
  'cluster-node-timeout': 500,
  'cluster-replica-validity-factor': 0,
  'cluster-require-full-coverage': 'no',
  'cluster-allow-replica-migration': 'no',
  'repl-diskless-sync-delay': 0,
}

type Node = Awaited<ReturnType<typeof startNode>>

/** Gives each master a third of the slots and makes all nodes known to each other. */
async function meet(clients: readonly Redis[], nodes: readonly Node[]): Promise<void> {
  await Promise.all(
    clients.map(async (client, index) => {
      await client.cluster('SET-CONFIG-EPOCH', index + 1)
      for (const { port, busPort } of nodes.slice(0, Math.min(index, masterCount))) {
        await client.cluster('MEET', '127.0.0.1', port, busPort)
      }
      if (index >= masterCount) return
      const from = Math.ceil((slots * index) / masterCount)
      const to = Math.ceil((slots * (index + 1)) / masterCount) - 1
      await client.cluster('ADDSLOTSRANGE', from, to)
    }),
  )
}

async function follow(replica: Redis, master: Redis | undefined): Promise<void> {
  if (master === undefined) throw new Error('every replica has a master')
  const id = await idOf(master)
  await until(async () => String(await replica.cluster('NODES')).includes(id))
  await replica.cluster('REPLICATE', id)
}

async function idOf(node: Redis): Promise<string> {
  return String(await node.cluster('MYID'))
}

async function isWhole(client: Redis, nodeCount: number): Promise<boolean> {
  const info = String(await client.cluster('INFO'))
  const nodes = String(await client.cluster('NODES'))
    .trim()
    .split('\n')
  const known = nodes.filter((node) => / connected( |$)/.test(node) && !/handshake|fail/.test(node))
  const replication = await client.info('replication')
  return (
    /cluster_state:ok/.test(info) &&
    known.length === nodeCount &&
    nodes.filter((node) => node.includes('slave')).length === nodeCount - masterCount &&
    (/role:master/.test(replication) || /master_link_status:up/.test(replication))
  )
}

async function mastersSeenBy(witness: Redis | undefined): Promise<(number | undefined)[]> {
  const nodes = String(await witness?.cluster('NODES'))
    .trim()
    .split('\n')
  return nodes
    .filter((node) => /master/.test(node) && /\d+-\d+$/.test(node))
    .map((node) => Number(/:(\d+)@/.exec(node)?.[1]))
}

/** What has not come about after this long does not come about: the test says so, and what it has opened is closed. */
const patienceMs = 60_000

/** Asks again, at a pace that leaves the servers some of the processor. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const tooLate = AbortSignal.timeout(patienceMs)
  while (!(await isSo())) {
    if (tooLate.aborted) throw new Error(`after ${patienceMs / 1000} seconds it is still not so: ${isSo}`)
    await once(AbortSignal.timeout(20), 'abort')
  }
}
