import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { readerKey } from '../src/readers/reader-key.ts'
import { openRedisStores } from '../src/stores/open.redis.ts'
import { limitOf, readingRoom, roomRules } from '../tests/support/reading-room.ts'

/** `bytes` of Redis's memory for one reader who has read so many articles: record, key and expiry. */
export type ReaderMemory = { articles: number; bytes: number }

export const articleCounts: readonly number[] = [1, 5, 10, 30]

/** Lets `readers` readers read through the real store, and asks Redis after each of the counts how much more it uses. */
export async function measureMemory(redisUrl: string, readers: number): Promise<ReaderMemory[]> {
  const redis = new Redis(redisUrl)
  const stores = await openRedisStores([new URL(redisUrl)], { info() {}, warn() {} }, { deadlineMs: 10_000 })
  try {
    await redis.flushall()
    const rooms = Array.from({ length: readers }, () =>
      readingRoom(stores, readerKey('demo', randomBytes(12).toString('base64url'))),
    )
    const rules = roomRules({ meter: { limit: limitOf(Math.max(...articleCounts)) } })
    const at = new Date().toISOString()
    const before = await usedMemory(redis)
    const measured: ReaderMemory[] = []
    let read = 0
    for (const articles of articleCounts) {
      for (; read < articles; read += 1) {
        await inTurns(rooms, (room) => room.open(`/2026/06/story-${10_000 + read}`, at, rules))
      }
      measured.push({ articles, bytes: ((await usedMemory(redis)) - before) / readers })
    }
    return measured
  } finally {
    await stores.close()
    redis.disconnect()
  }
}

/** So many commands are under way at once: enough to keep Redis busy, few enough to be answered in time. */
const lanes = 100

async function inTurns<T>(values: readonly T[], act: (value: T) => Promise<unknown>): Promise<void> {
  let next = 0
  async function lane() {
    for (let value = values[next++]; value !== undefined; value = values[next++]) await act(value)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

async function usedMemory(redis: Redis): Promise<number> {
  const used = /used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]
  if (used === undefined) throw new Error('Redis does not say how much memory it uses.')
  return Number(used)
}
