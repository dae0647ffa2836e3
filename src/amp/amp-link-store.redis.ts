import type { Cluster, Redis } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import type { AmpLinkStore } from './amp-link-store.ts'

/** AMP readers in Redis: a string each. */
export function createRedisAmpLinkStore(redis: Redis | Cluster): AmpLinkStore {
  return {
    async connect({ ampReader, reader, now, expiresAtMs }) {
      await redis.set(keys.ampLink(ampReader), reader, 'PX', expiresAtMs - now)
    },
    connected: (ampReader) => redis.get(keys.ampLink(ampReader)),
  }
}
