import { Cluster } from 'ioredis'
import type { Logger } from 'pino'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { createRedisAmpLinkStore } from '../amp/amp-link-store.redis.ts'
import { createRedisApiKeyStore } from '../console/api-key-store.redis.ts'
import { createRedisPeopleStore } from '../console/people-store.redis.ts'
import { createRedisSessionStore } from '../console/session-store.redis.ts'
import { createRedisGiftStore } from '../exemptions/gift-store.redis.ts'
import { createRedisLeaseStore } from '../jobs/lease-store.redis.ts'
import { createRedisMeterStore } from '../metering/meter-store.redis.ts'
import { createRedisNoticeStore } from '../notices/notice-store.redis.ts'
import { createRedisDecisionStore } from '../paywall/decision-store.redis.ts'
import { createRedisDraftStore } from '../publishing/draft-store.redis.ts'
import { createRedisVersionStore } from '../publishing/version-store.redis.ts'
import { createRedisAccountStore } from '../readers/account-store.redis.ts'
import { createRedisSignInStore } from '../readers/sign-in-store.redis.ts'
import { createRedisReportStore } from '../reports/report-store.redis.ts'
import { createRedisSubscriptionStore } from '../subscriptions/subscription-store.redis.ts'
import { createRedisTrafficStore } from '../what-if/traffic-store.redis.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import { type Connection, connectRedis } from './connect.redis.ts'
import { gatherWrites } from './gather-writes.redis.ts'
import { guardAccountStore } from './guard-accounts.ts'
import { guardMeterStore } from './guard-meter.ts'
import { patientStart } from './patient-start.redis.ts'
import { createPresence, type Presence } from './presence.ts'
import { isSilence, storeFailure } from './store-failure.redis.ts'
import type { Stores, StoreWatch } from './stores.ts'

export type RedisOptions = {
  /** How long a command may take. */
  deadlineMs?: number
  watch?: StoreWatch
  /** How long Redis has to answer at the start, in all. */
  startWithinMs?: number | undefined
}

/**
 * Redis 7 or newer: one server, a Cluster or what Sentinels watch over; `urls` are those of `redisAddresses()`. Every
 * command is answered or fails within the deadline, and the meter's at once while Redis is away (spec rule 12). The log
 * hears when it goes and when it is back. Resolves when Redis answers; rejects with StoreAbsent if it does not in time,
 * as `atStart` does.
 */
export async function openRedisStores(
  urls: readonly URL[],
  log: Pick<Logger, 'info' | 'warn'>,
  { deadlineMs = 50, watch = nobody, startWithinMs = 10_000 }: RedisOptions = {},
): Promise<Stores> {
  const connection = connectRedis(urls, deadlineMs)
  const { redis } = connection
  const start = patientStart({ redis, urls, withinMs: startWithinMs })
  if (redis instanceof Cluster) gatherWrites(redis)
  const breakerOf = watchOver(connection, createPresence({ log, changed: watch.storeAway }))
  await start.ready()
  const failed = (error: unknown) => {
    const failure = storeFailure(error)
    if (failure !== null) watch.storeFailed(failure)
  }
  return {
    name: 'redis',
    meter: guardMeterStore({ meter: createRedisMeterStore(redis), breakerOf, failed }),
    subscriptions: createRedisSubscriptionStore(redis),
    gifts: createRedisGiftStore(redis),
    accounts: guardAccountStore({ accounts: createRedisAccountStore(redis), breakerOf, failed }),
    signIns: createRedisSignInStore(redis),
    ampLinks: createRedisAmpLinkStore(redis),
    versions: createRedisVersionStore(redis),
    decisions: createRedisDecisionStore(redis),
    drafts: createRedisDraftStore(redis),
    people: createRedisPeopleStore(redis),
    sessions: createRedisSessionStore(redis),
    apiKeys: createRedisApiKeyStore(redis),
    leases: createRedisLeaseStore(redis),
    notices: createRedisNoticeStore(redis),
    reports: createRedisReportStore(redis),
    traffic: createRedisTrafficStore(redis),
    makeLimiter: (limit) => new RateLimiterRedis({ ...limit, storeClient: redis }),
    isAway: (error) => storeFailure(error) !== null,
    atStart: start.atStart,
    async ping() {
      await redis.ping()
    },
    async close() {
      redis.disconnect()
    },
  }
}

const nobody: StoreWatch = { storeFailed() {}, storeAway() {} }

/** A breaker for each master, as one that is away says nothing of the others; and what the connections say of all. */
function watchOver({ redis, masterOf }: Connection, presence: Presence): (reader: string) => Breaker {
  const breakers = new Map<string, Breaker>()

  function breakerOf(reader: string): Breaker {
    const master = masterOf(reader)
    const known = breakers.get(master)
    if (known !== undefined) return known
    const breaker = createBreaker({
      now: () => performance.now(),
      isSilence,
      onOpen: (error) => presence.away(master, error),
      onClose: () => presence.back(master),
    })
    breakers.set(master, breaker)
    return breaker
  }

  redis.on('error', (error: Error) => presence.away('connection', error))
  redis.on('ready', () => {
    presence.back('connection')
    for (const breaker of breakers.values()) breaker.heard()
  })
  if (redis instanceof Cluster) redis.on('refresh', () => forgetOthers(breakers, mastersOf(redis)))
  return breakerOf
}

function mastersOf(cluster: Cluster): Set<string | undefined> {
  return new Set(cluster.slots.map(([master]) => master))
}

/** Nobody will ask a master that was replaced, so it would stay away for ever. */
function forgetOthers(breakers: Map<string, Breaker>, masters: ReadonlySet<string | undefined>): void {
  for (const [master, breaker] of breakers) {
    if (masters.has(master)) continue
    breakers.delete(master)
    breaker.heard()
  }
}
