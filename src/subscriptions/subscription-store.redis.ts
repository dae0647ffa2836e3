import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import { accessSchema } from './access.ts'
import { createRedisAttemptStore } from './attempt-store.redis.ts'
import { accessScript, followReader, script } from './buyer.redis.ts'
import { createRedisBuyerStore } from './buyer-store.redis.ts'
import type { AccessStore, AccessWrite, SubscriptionStore } from './subscription-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    takeTicket(ticket: string): Result<number, Context>
    saveAccess(
      access: string,
      buyer: string,
      subscription: string,
      attempt: string,
      ticket: number,
      record: string,
      offer: string,
    ): Result<unknown, Context>
  }
}

/** Attempts, buyers and access on Redis 7 or newer. Nothing here expires but turns. */
export function createRedisSubscriptionStore(redis: Redis | Cluster): SubscriptionStore {
  return {
    ...createRedisAttemptStore(redis),
    ...createRedisBuyerStore(redis),
    ...createRedisAccessStore(redis),
  }
}

function createRedisAccessStore(redis: Redis | Cluster): AccessStore {
  redis.defineCommand('saveAccess', { numberOfKeys: 2, lua: accessScript('save-access.lua') })
  redis.defineCommand('takeTicket', { numberOfKeys: 1, lua: script('take-ticket.lua') })

  async function save(write: AccessWrite): Promise<'changed' | 'same' | 'older'> {
    const { attempt, subscription, access, ticket } = write
    const record = JSON.stringify({ ticket, attempt, access })
    let outcome: 'changed' | 'same' | 'older' = 'older'
    await followReader(write.reader, async (reader) => {
      const [answer, holder] = savedSchema.parse(
        await redis.saveAccess(
          keys.access(reader),
          keys.buyer(reader),
          subscription,
          attempt,
          ticket,
          record,
          access?.offer ?? '',
        ),
      )
      if (answer === 'moved') return holder ?? null
      outcome = answer
      return null
    })
    return outcome
  }

  return {
    async access(reader) {
      const record = await redis.hget(keys.access(reader), 'current')
      return record ? recordSchema.parse(JSON.parse(record)).access : null
    },

    takeTicket: () => redis.takeTicket(keys.ticket),

    /** The list is written after the access, and whoever asked asks again if it could not be. */
    async saveAccess(write) {
      const outcome = await save(write)
      if (outcome === 'older') return outcome
      if (write.isOver) await redis.zrem(keys.liveSubscriptions, write.subscription)
      else await redis.zadd(keys.liveSubscriptions, 'GT', String(write.ticket), write.subscription)
      return outcome
    },

    liveSubscriptions: (most) => redis.zrange(keys.liveSubscriptions, 0, String(most - 1)),

    async reconciledUntil() {
      const instant = await redis.get(keys.reconciled)
      return instant === null ? null : Number(instant)
    },
    async saveReconciledUntil(instant) {
      await redis.set(keys.reconciled, instant)
    },
  }
}

const savedSchema = z.tuple([z.enum(['changed', 'same', 'older', 'moved'])], z.string())
const recordSchema = z.object({ access: accessSchema.nullable() })
