import { once } from 'node:events'
import { Cluster, Redis } from 'ioredis'
import type { Logger } from 'pino'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { createRedisMeterStore } from '../metering/meter-store.redis.ts'
import { createRedisVersionStore } from '../publishing/version-store.redis.ts'
import { createRedisSubscriptionStore } from '../subscriptions/subscription-store.redis.ts'
import { StoreAbsent, type Stores } from './stores.ts'

/**
 * Redis 7 or newer. `urls` is one `redis://` or `rediss://` address, or some of a Cluster's nodes. A command is given up
 * after the deadline and none waits while Redis is away: a page must never hang (spec rule 12). The log hears
 * when Redis goes and when it is back. Resolves when Redis answers; rejects if it does not within ten seconds.
 */
export async function openRedisStores(
  urls: readonly URL[],
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<Stores> {
  const [first, ...others] = urls
  if (first === undefined) throw new Error('no Redis address')
  const redis = others.length === 0 ? new Redis(optionsOf(first)) : openCluster(first, urls)
  tellComingAndGoing(redis, log)
  await ready(redis, urls)
  return {
    name: 'redis',
    meter: createRedisMeterStore(redis),
    subscriptions: createRedisSubscriptionStore(redis),
    versions: createRedisVersionStore(redis),
    makeLimiter: (limit) => new RateLimiterRedis({ ...limit, storeClient: redis }),
    isAway,
    async ping() {
      await redis.ping()
    },
    async close() {
      redis.disconnect()
    },
  }
}

/** Every attempt to connect again is an error of its own; the first one says it all. */
function tellComingAndGoing(redis: Redis | Cluster, log: Pick<Logger, 'info' | 'warn'>): void {
  let isThere = true
  redis.on('error', (error: Error) => {
    if (isThere) log.warn({ error }, 'Redis is away')
    isThere = false
  })
  redis.on('ready', () => {
    if (!isThere) log.info('Redis is back')
    isThere = true
  })
}

async function ready(redis: Redis | Cluster, urls: readonly URL[]): Promise<void> {
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(startDeadlineMs) })
  } catch {
    redis.disconnect()
    const nodes = urls.map(({ host }) => host).join(', ')
    throw new StoreAbsent(
      `REDIS_URL: Redis at ${nodes} did not answer within ${startDeadlineMs / 1000} seconds`,
    )
  }
}

/** What ioredis says when there is no connection or no answer, and what Redis says while it cannot serve or has no room. */
function isAway(error: unknown): boolean {
  return (
    error instanceof Error &&
    (/^(MaxRetriesPerRequestError|ClusterAllFailedError|AbortError)$/.test(error.name) ||
      /^(Command timed out|Connection is closed|Stream isn't writeable|LOADING|CLUSTERDOWN|MASTERDOWN|READONLY|OOM|ECONN)/.test(
        error.message,
      ))
  )
}

const deadlineMs = 50
const startDeadlineMs = 10_000

const failFast = {
  commandTimeout: deadlineMs,
  connectTimeout: 500,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: reconnectDelayMs,
}

function reconnectDelayMs(attempt: number): number {
  return Math.min(25 * attempt, 250)
}

/** The nodes share the first address's user, password and TLS. */
function openCluster(first: URL, urls: readonly URL[]): Cluster {
  const nodes = urls.map((url) => ({ host: url.hostname, port: Number(url.port || 6379) }))
  const { host: _host, port: _port, db: _db, ...redisOptions } = optionsOf(first)
  return new Cluster(nodes, {
    redisOptions,
    enableOfflineQueue: false,
    clusterRetryStrategy: reconnectDelayMs,
    retryDelayOnFailover: 0,
  })
}

function optionsOf(url: URL) {
  return {
    ...failFast,
    host: url.hostname,
    port: Number(url.port || 6379),
    db: Number(url.pathname.slice(1) || 0),
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
  }
}
