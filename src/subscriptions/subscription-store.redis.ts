import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import { accessSchema } from './access.ts'
import { attemptSchema } from './attempt.ts'
import type { SubscriptionStore } from './subscription-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    takeTicket(ticket: string): Result<number, Context>
    saveAccess(access: string, subscription: string, ticket: number, record: string): Result<number, Context>
  }
}

/** Attempts and access on Redis 7 or newer. Nothing here expires. */
export function createRedisSubscriptionStore(redis: Redis | Cluster): SubscriptionStore {
  redis.defineCommand('saveAccess', { numberOfKeys: 1, lua: script('save-access.lua') })
  redis.defineCommand('takeTicket', { numberOfKeys: 1, lua: script('take-ticket.lua') })

  return {
    async saveAttempt(attempt) {
      await redis.hset(keys.attempt(attempt.id), 'attempt', JSON.stringify(attempt))
    },

    async attempt(id) {
      const [attempt, session, ended] = await redis.hmget(keys.attempt(id), 'attempt', 'session', 'ended')
      if (!attempt) return null
      return attemptSchema.parse({
        ...JSON.parse(attempt),
        session: session ?? null,
        status: ended ?? 'open',
      })
    },

    async attemptOpened(id, session) {
      await redis.hset(keys.attempt(id), 'session', session)
    },

    async attemptEnded(id, status) {
      await redis.hsetnx(keys.attempt(id), 'ended', status)
    },

    async access(reader) {
      const record = await redis.hget(keys.access(reader), 'current')
      return record ? recordSchema.parse(JSON.parse(record)).access : null
    },

    async takeTicket() {
      return redis.takeTicket(keys.ticket)
    },

    async saveAccess({ reader, subscription, access, ticket }) {
      const record = JSON.stringify({ ticket, access })
      return (await redis.saveAccess(keys.access(reader), subscription, ticket, record)) === 1
    },
  }
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

const recordSchema = z.object({ access: accessSchema.nullable() })
