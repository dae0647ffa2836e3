import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { standingSchema } from '../subscriptions/access.ts'
import type { MeterStore, ReaderFacts } from './meter-store.ts'
import { decodeViews } from './views.redis.ts'
import { retainSeconds } from './views.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    recordViewBuffer(views: string, access: string, ...view: number[]): Result<(Buffer | null)[], Context>
    readerFactsBuffer(views: string, access: string): Result<(Buffer | null)[], Context>
  }
}

/** The meter on Redis 7 or newer: one script call a decision, on the one slot of the reader. */
export function createRedisMeterStore(redis: Redis | Cluster): MeterStore {
  redis.defineCommand('recordView', { numberOfKeys: 2, lua: script('record-view.lua') })
  redis.defineCommand('readerFacts', { numberOfKeys: 2, lua: script('reader-facts.lua'), readOnly: true })

  return {
    async recordView(reader, view) {
      const [outcome, ...facts] = await redis.recordViewBuffer(
        keys.views(reader),
        keys.access(reader),
        view.article,
        view.meter,
        view.limit,
        view.atSeconds,
        view.fromSeconds,
        view.untilSeconds,
        retainSeconds,
      )
      return { outcome: parseOutcome(outcome), ...parseFacts(facts) }
    },

    async readerFacts(reader) {
      return parseFacts(await redis.readerFactsBuffer(keys.views(reader), keys.access(reader)))
    },
  }
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

function parseFacts([views, until, standing]: (Buffer | null | undefined)[]): ReaderFacts {
  return {
    views: views ? decodeViews(views) : [],
    access:
      until && standing
        ? { untilMs: Number(until.toString()), standing: standingSchema.parse(standing.toString()) }
        : null,
  }
}

function parseOutcome(reply: Buffer | null | undefined) {
  const outcome = reply?.toString()
  switch (outcome) {
    case 'counted':
    case 'reread':
    case 'stopped':
    case 'subscribed':
      return outcome
    default:
      throw new Error(`record-view.lua answered ${outcome}`)
  }
}
