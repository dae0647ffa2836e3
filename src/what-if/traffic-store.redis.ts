import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import {
  keptTrafficDays,
  layerOf,
  mostHalvings,
  mostVisitsADay,
  shareAfter,
  type TrafficStore,
} from './traffic-store.ts'
import { readVisit, writeVisit } from './visit.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    addTraffic(halvings: string, ...layersAndVisits: (string | number)[]): Result<number, Context>
  }
}

/** A day's visits lie in a list for each layer, so that leaving out half of the readers is the removal of one list. */
export function createRedisTrafficStore(redis: Redis | Cluster): TrafficStore {
  redis.defineCommand('addTraffic', {
    numberOfKeys: 1 + layers.length,
    lua: readFileSync(new URL('add-traffic.lua', import.meta.url), 'utf8'),
  })

  return {
    /** Some at a time, so that nothing that a reader waits for stands behind many. */
    async add({ site, day, halvings, visits }) {
      let known = halvings
      for (let from = 0; from === 0 || from < visits.length; from += mostAtOnce) {
        const some = visits.slice(from, from + mostAtOnce)
        known = await redis.addTraffic(
          keys.trafficHalvings(site, day),
          ...layers.map((layer) => keys.traffic(site, day, layer)),
          ...[known, mostVisitsADay, keptSeconds],
          ...some.flatMap((visit) => [layerOf(visit.place), writeVisit(visit)]),
        )
      }
      return known
    },

    async share(site, days) {
      const halvings = await Promise.all(days.map((day) => redis.get(keys.trafficHalvings(site, day))))
      return shareAfter(Math.max(0, ...halvings.map(Number)))
    },

    async *visits(site, day) {
      for (const layer of layers) {
        for (let from = 0; ; from += mostAtOnce) {
          const lines = await redis.lrange(keys.traffic(site, day, layer), from, from + mostAtOnce - 1)
          if (lines.length === 0) break
          yield lines.map(readVisit).filter((visit) => visit !== null)
        }
      }
    },
  }
}

const layers = Array.from({ length: mostHalvings + 1 }, (_, layer) => layer)
const mostAtOnce = 200
const keptSeconds = keptTrafficDays * 86_400
