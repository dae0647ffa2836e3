import { type Contender, contenders } from './contenders.ts'
import { type Bench, type Figures, type Load, measure, readersFor } from './measure.ts'
import { prepareRequests, type RequestKind, writeRequests } from './requests.ts'
import { rotated } from './statistics.ts'

/** One round: every contender's figures by its id. */
export type Round = ReadonlyMap<string, Figures>

/** Runs every contender in every round, each round in another order. `emptyRedis` makes all readers new. */
export async function runRounds(options: {
  bench: Bench
  rounds: number
  directory: string
  emptyRedis: () => Promise<void>
  say: (line: string) => void
}): Promise<Round[]> {
  const { bench, rounds, emptyRedis, say } = options
  const loadFor = await prepareLoads({ ...options, readers: readersFor(bench.seconds) })
  const results: Round[] = []
  for (let round = 0; round < rounds; round += 1) {
    const figures = new Map<string, Figures>()
    for (const contender of rotated(contenders, round * 2)) {
      await emptyRedis()
      const measured = await measure(contender, loadFor(contender), bench)
      figures.set(contender.id, measured)
      say(`round ${round + 1} of ${rounds}  ${contender.id.padEnd(20)}${summary(measured)}`)
    }
    results.push(figures)
  }
  return results
}

/** Half of what anybody answers in four seconds, eight requests a reader. */
const openReaders = 10_000

async function prepareLoads(options: {
  readers: number
  directory: string
}): Promise<(of: Contender) => Load> {
  const loads = new Map<RequestKind, Load>()
  for (const { id, requests } of contenders) {
    if (loads.has(requests)) continue
    const closed = prepareRequests(requests, options.readers)
    loads.set(requests, {
      requestsFile: await writeRequests(options.directory, id, closed),
      openRequests: prepareRequests(requests, openReaders),
    })
  }
  return ({ id, requests }) => {
    const load = loads.get(requests)
    if (load === undefined) throw new Error(`There are no requests for ${id}.`)
    return load
  }
}

function summary({ perSecond, cpuMicrosecondsPerRequest, halfP99Ms }: Figures): string {
  const rate = Math.round(perSecond).toLocaleString('en-US').padStart(7)
  return `${rate} req/s  ${cpuMicrosecondsPerRequest.toFixed(1).padStart(6)} µs CPU  p99 ${halfP99Ms.toFixed(2)} ms at half`
}
