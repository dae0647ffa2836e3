import type { Cluster, Redis } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { apiKeySchema } from './api-key.ts'
import type { ApiKeyStore } from './api-key-store.ts'

/** The keys in a hash of id → JSON, and a counter that every change puts up after it. */
export function createRedisApiKeyStore(redis: Redis | Cluster): ApiKeyStore {
  return {
    keysRevision: async () => Number((await redis.get(keys.apiKeysRevision)) ?? 0),
    async apiKeys() {
      return (await redis.hvals(keys.apiKeys)).map((json) => apiKeySchema.parse(JSON.parse(json)))
    },
    async saveApiKey(key) {
      await redis.hset(keys.apiKeys, key.id, JSON.stringify(key))
      await redis.incr(keys.apiKeysRevision)
    },
  }
}
