import type { Cluster, Redis } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { type VersionStore, versionSchema } from './version-store.ts'

/** The configuration's versions in Redis: a hash of number → version. They are numbered without gaps, so their count is the latest. */
export function createRedisVersionStore(redis: Redis | Cluster): VersionStore {
  return {
    async firstStart(nowMs) {
      await redis.setnx(keys.firstStart, nowMs)
      return Number(await redis.get(keys.firstStart))
    },
    async latest() {
      const count = await redis.hlen(keys.versions)
      const version = await redis.hget(keys.versions, String(count))
      return version ? versionSchema.parse(JSON.parse(version)) : null
    },
    async publishVersion(version) {
      return (await redis.hsetnx(keys.versions, String(version.number), JSON.stringify(version))) === 1
    },
  }
}
