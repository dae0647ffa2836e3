import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import type { LeaseStore } from './lease-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    takeJob(
      job: string,
      holder: string,
      leaseMs: number,
      now: number,
      started: number,
    ): Result<unknown, Context>
    keepJob(job: string, holder: string, leaseMs: number): Result<number, Context>
    endJob(job: string, holder: string, endedMs: number, dueMs: number): Result<number, Context>
  }
}

/** Jobs on Redis 7 or newer. */
export function createRedisLeaseStore(redis: Redis | Cluster): LeaseStore {
  redis.defineCommand('takeJob', { numberOfKeys: 1, lua: script('take-job.lua') })
  redis.defineCommand('keepJob', { numberOfKeys: 1, lua: script('keep-job.lua') })
  redis.defineCommand('endJob', { numberOfKeys: 1, lua: script('end-job.lua') })

  return {
    async takeJob({ job, holder, leaseMs, nowMs, startedMs }) {
      const [taken, due] = replySchema.parse(
        await redis.takeJob(keys.job(job), holder, leaseMs, nowMs, startedMs),
      )
      return taken === 1 ? { taken: true } : { taken: false, dueMs: due ?? null }
    },
    async keepJob({ job, holder, leaseMs }) {
      return (await redis.keepJob(keys.job(job), holder, leaseMs)) === 1
    },
    async endJob({ job, holder, endedMs, dueMs }) {
      await redis.endJob(keys.job(job), holder, endedMs, dueMs)
    },
  }
}

const replySchema = z.tuple([z.int()], z.coerce.number())

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}
