import { closedLoop } from './closed-loop.ts'
import type { Contender } from './contenders.ts'
import { openLoop } from './open-loop.ts'
import { type Placement, pinProcess, placementFor } from './placement.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** What one run of one contender showed. */
export type Figures = {
  perSecond: number
  /** Of all its processes, by their own account. */
  cpuMicrosecondsPerRequest: number
  saturatedP50Ms: number
  saturatedP99Ms: number
  /** At half of what it can answer. */
  halfP50Ms: number
  halfP99Ms: number
  /** Of the answers in the open loop: those that were given without the store, since it took too long. */
  withoutStore: number
  /** After the load, all its processes together. */
  rssBytes: number
}

/** Where everything runs. */
export type Bench = { redis: { url: string; pid: number }; cores: readonly number[]; seconds: number }

/** What a contender is asked: the file for wrk, and other readers' requests for the open loop. */
export type Load = { requestsFile: string; openRequests: readonly string[] }

/** So long that what a process keeps has grown and been swept once, as in one that has run for a while. */
const warmUpSeconds = 8
/** So many readers are enough for a second. */
const readersASecond = 4_000

/** The readers of one run, of whom the last are left to the warm-up, so that the measured ones have read nothing. */
export function readersFor(seconds: number): number {
  return readersASecond * (seconds + warmUpSeconds)
}

const longestOpenSeconds = 4

/** One run: fresh processes, a warm-up, as much as they can, then half as much in an open loop. */
export async function measure(contender: Contender, load: Load, bench: Bench): Promise<Figures> {
  const { redis, seconds } = bench
  const placement = settle(contender.processes, bench)
  const servers = await Promise.all(
    Array.from({ length: contender.processes }, () =>
      startServer({ file: contender.file, redisUrl: redis.url, cores: placement?.servers }),
    ),
  )
  try {
    const ports = servers.map(({ port }) => port)
    const asking = { ports, requestsFile: load.requestsFile, cores: placement?.load }
    for (const server of servers) await server.untilGood(load.openRequests[0] ?? '')
    await closedLoop({ ...asking, beginAt: seconds / (seconds + warmUpSeconds), seconds: warmUpSeconds })

    const before = await totalUsage(servers)
    const full = await closedLoop({ ...asking, beginAt: 0, seconds })
    const after = await totalUsage(servers)
    const half = await openLoop({
      ports,
      requests: load.openRequests,
      perSecond: full.perSecond / 2,
      seconds: Math.min(seconds, longestOpenSeconds),
    })
    return {
      perSecond: full.perSecond,
      cpuMicrosecondsPerRequest: (after.cpuMicroseconds - before.cpuMicroseconds) / full.answers,
      saturatedP50Ms: full.p50Ms,
      saturatedP99Ms: full.p99Ms,
      halfP50Ms: half.p50Ms,
      halfP99Ms: half.p99Ms,
      withoutStore: half.withoutStore / half.answers,
      rssBytes: after.rssBytes,
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** Redis and this process, which makes the open loop, go where the load belongs. */
export function settle(processes: 1 | 2, { redis, cores }: Bench): Placement {
  const placement = placementFor(processes, cores)
  if (placement !== null) for (const pid of [redis.pid, process.pid]) pinProcess(pid, placement.load)
  return placement
}

async function totalUsage(servers: readonly ServerProcess[]) {
  const usages = await Promise.all(servers.map((server) => server.usage()))
  return {
    cpuMicroseconds: usages.reduce((sum, usage) => sum + usage.cpuMicroseconds, 0),
    rssBytes: usages.reduce((sum, usage) => sum + usage.rssBytes, 0),
  }
}
