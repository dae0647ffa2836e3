import { readFileSync } from 'node:fs'
import type { ChainableCommander, Cluster, Redis, Result } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { countsByPlace } from './counts-by-place.ts'
import { noCounts, readCount, writtenCounts } from './measures.ts'
import { type DayBatch, keptDays, type Reached, type ReportStore, type Slice } from './report-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    addSale(sales: string, counts: string, ...step: (string | number)[]): Result<number, Context>
    addReaders(keyCount: number, ...keysExpiryAndReaders: (string | number)[]): Result<null, Context>
  }
}

/**
 * Reports in Redis. A day of a site is one hash, `dimension/value/measure` → number, and two HyperLogLogs a slice, which
 * tell how many distinct readers there were to within 0.8 % (standard error) in 12 kB at the most, however many there were.
 */
export function createRedisReportStore(redis: Redis | Cluster): ReportStore {
  redis.defineCommand('addSale', { numberOfKeys: 2, lua: script('add-sale.lua') })
  redis.defineCommand('addReaders', { lua: script('add-readers.lua') })

  /** Some readers at a time: nothing that a reader waits for stands behind many. */
  async function addReaders({ site, day, cells }: DayBatch): Promise<void> {
    let portion = redis.pipeline()
    let waiting = 0
    for (const { places, readers, stopped } of cells) {
      for (const [kind, members] of [['readers', readers] as const, ['stopped', stopped] as const]) {
        const logs = places.map(({ dimension, value }) =>
          keys.reportReaders(site, sliceName(day, kind, dimension, value)),
        )
        for (let from = 0; from < members.length; from += mostAtOnce) {
          const some = members.slice(from, from + mostAtOnce)
          portion.addReaders(logs.length, ...logs, keptSeconds, ...some)
          waiting += some.length
          if (waiting < mostAtOnce) continue
          await carryOut(portion)
          portion = redis.pipeline()
          waiting = 0
        }
      }
    }
    await carryOut(portion)
  }

  async function slicesOf(
    site: string,
    days: readonly string[],
    dimension: string,
  ): Promise<Map<string, Slice>> {
    const slices = new Map<string, Slice>()
    for (const day of days) {
      const fields = await redis.hgetall(keys.reportCounts(site, day))
      for (const [field, count] of Object.entries(fields)) {
        const [of, value = '', measure = ''] = parts(field)
        if (of === dimension) readCount(sliceOf(slices, value).counts, measure, Number(count))
      }
    }
    return slices
  }

  return {
    async add(batch) {
      const { site, day, cells, reached } = batch
      const counts = keys.reportCounts(site, day)
      const pipeline = redis.pipeline()
      for (const { dimension, value, counts: added } of countsByPlace(cells)) {
        for (const [measure, count] of writtenCounts(added)) {
          pipeline.hincrby(counts, sliceName(dimension, value, measure), count)
        }
      }
      for (const { meter, window, used, readers } of reached) {
        pipeline.hincrby(counts, sliceName('reached', meter, window, String(used)), readers)
      }
      pipeline.expire(counts, keptSeconds)
      await carryOut(pipeline)
      await addReaders(batch)
    },

    async addSale({ site, day, attempt, step, places, monthly }) {
      const fields = places.flatMap(({ dimension, value }) => [
        ...[sliceName(dimension, value, step), 1],
        ...(monthly === null
          ? []
          : [sliceName(dimension, value, `revenue:${monthly.currency}`), monthly.amount]),
      ])
      const sales = keys.reportSales(site, day)
      await redis.addSale(sales, keys.reportCounts(site, day), `${step} ${attempt}`, keptSeconds, ...fields)
    },

    async slices(site, days, dimension) {
      const slices = await slicesOf(site, days, dimension)
      for (const slice of slices.values()) {
        for (const kind of ['readers', 'stopped'] as const) {
          const name = (day: string) => sliceName(day, kind, dimension, slice.value)
          slice[kind] = await redis.pfcount(...days.map((day) => keys.reportReaders(site, name(day))))
        }
      }
      return [...slices.values()]
    },

    async reached(site, days) {
      const together = new Map<string, Reached>()
      for (const day of days) {
        const fields = await redis.hgetall(keys.reportCounts(site, day))
        for (const [field, count] of Object.entries(fields)) {
          const [kind, meter = '', window = '', used = ''] = parts(field)
          if (kind !== 'reached') continue
          const known = together.get(field) ?? { meter, window, used: Number(used), readers: 0 }
          together.set(field, { ...known, readers: known.readers + Number(count) })
        }
      }
      return [...together.values()]
    },
  }
}

async function carryOut(pipeline: ChainableCommander): Promise<void> {
  for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

const keptSeconds = keptDays * 86_400
const mostAtOnce = 200

/** Values are whatever a page says, so the separator is escaped in them. */
function sliceName(...names: string[]): string {
  return names.map(encodeURIComponent).join('/')
}

function parts(field: string): string[] {
  return field.split('/').map(decodeURIComponent)
}

function sliceOf(slices: Map<string, Slice>, value: string): Slice {
  const known = slices.get(value)
  if (known !== undefined) return known
  const made = { value, counts: noCounts(), readers: 0, stopped: 0 }
  slices.set(value, made)
  return made
}
