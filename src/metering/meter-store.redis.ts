import { readFileSync } from 'node:fs'
import { Cluster, type Redis, type Result } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { together } from '../stores/together.ts'
import type { MeterStore } from './meter-store.ts'
import { decodeFacts, decodeRecorded, viewsSince } from './views.redis.ts'
import type { Commit } from './views.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    recordViewsBuffer(keyCount: number, ...keysAndNumbers: string[]): Result<Buffer[], Context>
    readersFactsBuffer(keyCount: number, ...viewsAndAccess: string[]): Result<Buffer[], Context>
    mergeViews(views: string, from: Buffer, ...merge: number[]): Result<number, Context>
  }
}

/** So many readers share a call: enough to spare most of its cost, and little enough that Redis starts on it soon. */
const mostInOneCall = 32

/**
 * The meter on Redis 7 or newer: one script call a decision at the most, on the one slot of the reader. What readers ask
 * at once shares a call, but not in a Cluster, where they live in different slots.
 */
export function createRedisMeterStore(redis: Redis | Cluster): MeterStore {
  redis.defineCommand('recordViews', { lua: script('record-view.lua') })
  redis.defineCommand('readersFacts', { lua: script('reader-facts.lua'), readOnly: true })
  redis.defineCommand('mergeViews', { numberOfKeys: 1, lua: script('merge-views.lua') })
  const most = redis instanceof Cluster ? 1 : mostInOneCall

  const record = together({
    most,
    read: decodeRecorded,
    askAll(asked: readonly { reader: string; numbers: string }[]) {
      const all = asked.flatMap(({ reader }) => [keys.views(reader), keys.access(reader)])
      for (const { numbers } of asked) all.push(numbers)
      return redis.recordViewsBuffer(asked.length * 2, ...all)
    },
  })

  return {
    recordView: (reader, commit) => record({ reader, numbers: numbersOf(commit) }),

    readerFacts: together({
      most,
      read: decodeFacts,
      askAll: (readers: readonly string[]) =>
        redis.readersFactsBuffer(
          readers.length * 2,
          ...readers.flatMap((reader) => [keys.views(reader), keys.access(reader)]),
        ),
    }),

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
