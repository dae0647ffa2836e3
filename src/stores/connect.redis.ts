import { Cluster, Redis } from 'ioredis'
import { clusterSlot } from './cluster-slot.ts'

export type Connection = {
  redis: Redis | Cluster
  /** Where the facts of a reader are now: a Cluster's master, or '' where there is one master only. */
  masterOf: (reader: string) => string
}

/**
 * Connects to the addresses of `redisAddresses()`, whose first has the user, password and TLS of all. A command that is
 * not answered within the deadline is given up, and none waits while there is no connection: a page must never hang.
 * Connecting again needs nobody's help, whether Redis was restarted, moved, failed over or fell silent.
 */
export function connectRedis(urls: readonly URL[], deadlineMs: number): Connection {
  const [first] = urls
  if (first === undefined) throw new Error('no Redis address')
  if (first.protocol.endsWith('+sentinel:')) {
    return { redis: openSentinel(first, urls, deadlineMs), masterOf: () => '' }
  }
  if (urls.length > 1) {
    const cluster = openCluster(first, urls, deadlineMs)
    return { redis: cluster, masterOf: (reader) => cluster.slots[clusterSlot(reader)]?.[0] ?? '' }
  }
  const db = Number(first.pathname.slice(1))
  const redis = new Redis({ ...oneMaster(deadlineMs), ...credentials(first), ...addressOf(first, 6379), db })
  return { redis, masterOf: () => '' }
}

function addressOf(url: URL, defaultPort: number) {
  return { host: url.hostname.replace(/^\[(.+)\]$/, '$1'), port: Number(url.port || defaultPort) }
}

function credentials({ protocol, username, password }: URL) {
  return {
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(protocol.startsWith('rediss') && { tls: {} }),
  }
}

const connectTimeoutMs = 500

/**
 * A server that has gone without a word leaves a connection on which nothing ever comes; after this long it is given up
 * and made anew.
 */
const silentConnectionMs = 1000

const failFast = {
  connectTimeout: connectTimeoutMs,
  disconnectTimeout: 200,
  socketTimeout: silentConnectionMs,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
}

function oneMaster(deadlineMs: number) {
  return {
    ...failFast,
    commandTimeout: deadlineMs,
    enableOfflineQueue: false,
    retryStrategy: reconnectDelayMs,
    // A master that became a replica while we were connected: the name or the Sentinels lead to the new one.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  }
}

function reconnectDelayMs(attempt: number): number {
  return Math.min(25 * attempt, 250)
}

/** The Sentinels are asked at every connect, so giving up a silent connection also finds the master's successor. */
function openSentinel(first: URL, urls: readonly URL[], deadlineMs: number): Redis {
  const { searchParams: more } = first
  return new Redis({
    ...oneMaster(deadlineMs),
    ...credentials(first),
    name: first.pathname.slice(1),
    db: Number(more.get('db')),
    sentinels: urls.map((url) => addressOf(url, 26_379)),
    sentinelUsername: more.get('sentinelUsername') ?? undefined,
    sentinelPassword: more.get('sentinelPassword') ?? undefined,
    ...(first.protocol === 'rediss+sentinel:' && { sentinelTLS: {}, enableTLSForSentinelMode: true }),
    sentinelCommandTimeout: connectTimeoutMs,
    sentinelRetryStrategy: reconnectDelayMs,
  })
}

/** Short enough for a few tries within the deadline: a slot on the move, a master being connected to. */
const retryMs = 10

function openCluster(first: URL, urls: readonly URL[], deadlineMs: number): Cluster {
  const options = {
    redisOptions: { ...failFast, ...credentials(first) },
    enableOfflineQueue: false,
    scaleReads: 'master',
    clusterRetryStrategy: reconnectDelayMs,
    // A try may cost two: some node is asked, which tells where to go. So the deadline decides, and little is left after it.
    maxRedirections: 2 * Math.ceil(deadlineMs / retryMs) + 2,
    retryDelayOnFailover: retryMs,
    retryDelayOnClusterDown: retryMs,
    retryDelayOnTryAgain: retryMs,
    slotsRefreshTimeout: connectTimeoutMs,
    // Certificates bear names; without TLS the nodes' own addresses are better, as they tell them to each other.
    ...(first.protocol === 'rediss:' && { dnsLookup: asItIs }),
  } as const
  const cluster = new ClusterWithDeadline(
    urls.map((url) => addressOf(url, 6379)),
    options,
  )
  cluster.deadlineMs = deadlineMs
  return cluster
}

function asItIs(host: string, found: (error: null, address: string) => void): void {
  found(null, host)
}

/**
 * One deadline for a command and all its redirections. ioredis's `commandTimeout` would also hold for the short-lived
 * connections that ask which master has which slot, and a TLS handshake may need longer.
 */
class ClusterWithDeadline extends Cluster {
  deadlineMs = connectTimeoutMs

  override sendCommand(...sent: Parameters<Cluster['sendCommand']>): unknown {
    const [command] = sent
    command.setTimeout(command.name === 'cluster' ? connectTimeoutMs : this.deadlineMs)
    return super.sendCommand(...sent)
  }
}
