import type { Cluster, Redis } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { type DecisionStore, decisionLifeMs, recordedDecisionSchema } from './decision-store.ts'

/** Each decision in a key that expires. */
export function createRedisDecisionStore(redis: Redis | Cluster): DecisionStore {
  return {
    async saveDecision(decision) {
      await redis.set(keys.decision(decision.id), JSON.stringify(decision), 'PX', decisionLifeMs)
    },
    async decision(id) {
      const json = await redis.get(keys.decision(id))
      return json === null ? null : recordedDecisionSchema.parse(JSON.parse(json))
    },
  }
}
