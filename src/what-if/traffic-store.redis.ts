import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { keptTrafficDays, type TrafficStore } from './traffic-store.ts'
import { readVisit, writeVisit } from './visit.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    addTraffic(visits: string, share: string, ...record: (string | number)[]): Result<number, Context>
  }
}

export function createRedisTrafficStore(redis: Redis | Cluster): TrafficStore {
  redis.defineCommand('addTraffic', {
    numberOfKeys: 2,
    lua: readFileSync(new URL('add-traffic.lua', import.meta.url), 'utf8'),
  })

  return {
    /** Some at a time, so that nothing that a reader waits for stands behind many. */
    async add({ site, day, share, visits }) {
      let total = 0
      for (let from = 0; from === 0 || from < visits.length; from += mostAtOnce) {
        const lines = visits.slice(from, from + mostAtOnce).map(writeVisit)
        total = await redis.addTraffic(
          keys.traffic(site, day),
          keys.trafficShare(site, day),
          share,
          keptSeconds,
          ...lines,
        )
      }
      return total
    },

    async share(site, days) {
      const shares = await Promise.all(days.map((day) => redis.get(keys.trafficShare(site, day))))
      return Math.min(1, ...shares.flatMap((share) => (share === null ? [] : [Number(share)])))
    },

    async *visits(site, day) {
      for (let from = 0; ; from += mostAtOnce) {
        const lines = await redis.lrange(keys.traffic(site, day), from, from + mostAtOnce - 1)
        if (lines.length === 0) return
        yield lines.map(readVisit).filter((visit) => visit !== null)
      }
    },
  }
}

const mostAtOnce = 200
const keptSeconds = keptTrafficDays * 86_400
