import { type Results, ratioOver } from './results.ts'
import { median } from './statistics.ts'

/** What was promised, what came out (both in words), and whether it holds. */
export type Target = { promise: string; found: string; holds: boolean }

/** The promises of this service's speed and size, held against a run. */
export function targets(results: Results): Target[] {
  const { rounds } = results
  const rate = (id: string, to: string) => ratioOver(rounds, { id, to }, ({ perSecond }) => perSecond).median
  const fiveArticles = results.memory.find(({ articles }) => articles === 5)?.bytes ?? Number.NaN
  const [small, large] = extremesOfGrowth(results)
  return [
    ...(['views', 'access'] as const).flatMap((id) => [
      atLeast(`\`/v1/${id}\`: at least 0.7 of the floor’s requests a second`, rate(id, 'floor'), 0.7),
      atLeast(`\`/v1/${id}\`: at least 3 times the usual Express stack`, rate(id, 'usual'), 3),
      moreThan(`\`/v1/${id}\`: more than rate-limiter-flexible on a bare Express`, rate(id, 'limiter'), 1),
      atMost(
        `\`/v1/${id}\`: p99 at saturation at most twice the floor’s`,
        ratioOver(rounds, { id, to: 'floor' }, ({ saturatedP99Ms }) => saturatedP99Ms).median,
        2,
      ),
      atMost(
        `\`/v1/${id}\`: p99 at half load at most twice the floor’s`,
        ratioOver(rounds, { id, to: 'floor' }, ({ halfP99Ms }) => halfP99Ms).median,
        2,
      ),
    ]),
    {
      promise: 'a reader of 5 articles takes at most 200 bytes of Redis, key and expiry included',
      found: `${Math.round(fiveArticles)} bytes`,
      holds: fiveArticles <= 200,
    },
    {
      promise: 'a decision among 1,000 meters and offers costs at most 1.25 times one among 1',
      found: times(large / small),
      holds: large / small <= 1.25,
    },
  ]
}

/** CPU under the smallest and under the largest configuration. */
function extremesOfGrowth({ growth }: Results): [number, number] {
  const medians = growth.map(({ cpuMicroseconds }) => median(cpuMicroseconds))
  return [medians.at(0) ?? Number.NaN, medians.at(-1) ?? Number.NaN]
}

function atLeast(promise: string, value: number, bound: number): Target {
  return { promise, found: times(value), holds: value >= bound }
}

function moreThan(promise: string, value: number, bound: number): Target {
  return { promise, found: times(value), holds: value > bound }
}

function atMost(promise: string, value: number, bound: number): Target {
  return { promise, found: times(value), holds: value <= bound }
}

function times(value: number): string {
  return `${value.toFixed(2)} times`
}
