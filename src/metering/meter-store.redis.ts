import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { standingSchema } from '../subscriptions/access.ts'
import type { MeterStore, ReaderFacts, RecordedView } from './meter-store.ts'
import { decodeViews, viewsSince } from './views.redis.ts'
import type { Commit } from './views.ts'

type Reply = Buffer | number | null

declare module 'ioredis' {
  interface RedisCommander<Context> {
    recordViewBuffer(views: string, access: string, commit: string): Result<Reply[], Context>
    readerFactsBuffer(views: string, access: string): Result<Reply[], Context>
    mergeViews(views: string, from: Buffer, ...merge: number[]): Result<number, Context>
  }
}

/** The meter on Redis 7 or newer: one script call a decision, on the one slot of the reader. */
export function createRedisMeterStore(redis: Redis | Cluster): MeterStore {
  redis.defineCommand('recordView', { numberOfKeys: 2, lua: script('record-view.lua') })
  redis.defineCommand('readerFacts', { numberOfKeys: 2, lua: script('reader-facts.lua'), readOnly: true })
  redis.defineCommand('mergeViews', { numberOfKeys: 1, lua: script('merge-views.lua') })

  return {
    recordView(reader, commit) {
      return redis
        .recordViewBuffer(keys.views(reader), keys.access(reader), numbersOf(commit))
        .then(parseRecorded)
    },

    readerFacts(reader) {
      return redis.readerFactsBuffer(keys.views(reader), keys.access(reader)).then(parseFacts)
    },

    /** Two readers live in two slots: the one's views are read, then merged in a script on the other's. */
    async mergeReaders({ from, into, sinceSeconds, meters, retainSeconds }) {
      const views = viewsSince((await redis.getBuffer(keys.views(from))) ?? Buffer.alloc(0), sinceSeconds)
      if (views.length === 0) return
      const windows = meters.flatMap(({ meter, fromSeconds, untilSeconds }) => [
        meter,
        fromSeconds,
        untilSeconds,
      ])
      await redis.mergeViews(keys.views(into), views, retainSeconds, ...windows)
    },

    async forgetReader(reader) {
      await redis.del(keys.views(reader))
    },
  }
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

/** All in one argument: every further one costs the client about as much as the numbers themselves. */
function numbersOf({ article, atSeconds, retainSeconds, meters, nudges }: Commit): string {
  let numbers = `${article} ${atSeconds} ${retainSeconds} ${meters.length}`
  for (const { meter, limit, fromSeconds, untilSeconds } of meters) {
    numbers += ` ${meter} ${limit} ${fromSeconds} ${untilSeconds}`
  }
  for (const { nudge, fromView, toView, times, fromSeconds } of nudges) {
    numbers += ` ${nudge} ${fromView} ${toView} ${times} ${fromSeconds}`
  }
  return numbers
}

function parseRecorded([outcome, meter, nudge, ...facts]: readonly Reply[]): RecordedView {
  return { judgement: parseJudgement(outcome, Number(meter), Number(nudge)), ...parseFacts(facts) }
}

function parseFacts([views, until, standing]: readonly (Reply | undefined)[]): ReaderFacts {
  return {
    views: Buffer.isBuffer(views) ? decodeViews(views) : [],
    access:
      until && standing
        ? { untilMs: Number(until.toString()), standing: standingSchema.parse(standing.toString()) }
        : null,
  }
}

function parseJudgement(reply: Reply | undefined, meter: number, nudge: number): RecordedView['judgement'] {
  const outcome = reply?.toString()
  switch (outcome) {
    case 'counted':
      return { outcome, meter, nudge: nudge === -1 ? null : nudge }
    case 'reread':
    case 'stopped':
    case 'subscribed':
      return { outcome }
    default:
      throw new Error(`record-view.lua answered ${outcome}`)
  }
}
