import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { startRedis } from '../tests/support/redis.ts'
import { measureColdStart } from './cold-start.ts'
import { articleBits } from './fingerprint-bits.ts'
import { measureGrowth } from './growth.ts'
import { lookAround, type Machine } from './machine.ts'
import { measureMemory } from './memory.ts'
import { type BenchOptions, readOptions } from './options.ts'
import { ratesPlot } from './rates-plot.ts'
import { report, summary } from './report.ts'
import { prepareRequests } from './requests.ts'
import type { Results } from './results.ts'
import { runRounds } from './rounds.ts'

// npm run bench: everything side by side in one run. A full run writes docs/benchmarks.md; --quick only looks.
const options = readOptions(process.argv.slice(2))
const results = await run(options, lookAround())
console.log(`\n${summary(results)}`)
if (options.keep) {
  await writeFile(docs('benchmarks.md'), report(results))
  await writeFile(docs('benchmarks.svg'), ratesPlot(results))
  console.log('\nWritten to docs/benchmarks.md and docs/benchmarks.svg.')
}
process.exit()

async function run(options: BenchOptions, machine: Machine): Promise<Results> {
  const { rounds, seconds } = options
  const directory = await mkdtemp(join(tmpdir(), 'newsrack-bench-'))
  const server = await startRedis()
  const redis = new Redis(server.url)
  const bench = { redis: { url: server.url, pid: server.pid }, cores: machine.cores, seconds }
  const shared = {
    bench,
    directory,
    async emptyRedis() {
      await redis.flushall()
    },
  }
  try {
    const [request = ''] = prepareRequests({ path: '/v1/access', token: 'reader' }, 1)
    const coldStartMs = await measureColdStart({ redisUrl: server.url, request, runs: options.coldStarts })
    const measuredRounds = await runRounds({ ...shared, rounds, say: console.log })
    console.log('more meters and offers')
    const growth = await measureGrowth({
      ...shared,
      bench: { ...bench, seconds: Math.min(seconds, 2) },
      rounds: Math.min(rounds, 3),
    })
    console.log('memory of a reader')
    const memory = await measureMemory(server.url, options.storedReaders)
    return {
      date: new Date(),
      machine,
      options,
      rounds: measuredRounds,
      memory,
      articleBits: articleBits(),
      growth,
      coldStartMs,
    }
  } finally {
    redis.disconnect()
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

function docs(name: string): URL {
  return new URL(`../docs/${name}`, import.meta.url)
}
