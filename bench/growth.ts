import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { meterFingerprint } from '../src/metering/views.ts'
import { closedLoop } from './closed-loop.ts'
import { copyConfiguration } from './configuration.ts'
import { type Bench, settle } from './measure.ts'
import { prepareRequests, writeRequests } from './requests.ts'
import { startServer } from './server-process.ts'
import { rotated } from './statistics.ts'

/** CPU of a counting request under a configuration of `size` meters and as many offers, a figure a round. */
export type Growth = { size: number; cpuMicroseconds: number[] }

const sizes = [1, 10, 100, 1000]
const warmUpSeconds = 4
/** So many readers are enough for a second. */
const readersASecond = 4_000

/** Each reader reads in one meter's section, so that the same is counted and refused whatever the size. */
export async function measureGrowth(options: {
  bench: Bench
  rounds: number
  directory: string
  emptyRedis: () => Promise<void>
}): Promise<Growth[]> {
  const { rounds, directory, bench, emptyRedis } = options
  const readers = readersASecond * (bench.seconds + warmUpSeconds)
  const growths: Growth[] = sizes.map((size) => ({ size, cpuMicroseconds: [] }))
  const prepared = new Map<number, Prepared>()
  for (const size of sizes) prepared.set(size, await prepare({ size, directory, readers }))
  for (let round = 0; round < rounds; round += 1) {
    for (const { size, cpuMicroseconds } of rotated(growths, round)) {
      await emptyRedis()
      const ready = prepared.get(size)
      if (ready !== undefined) cpuMicroseconds.push(await cpuOfARequest(ready, bench))
    }
  }
  return growths
}

type Prepared = { configDir: string; requestsFile: string; first: string }

async function prepare(options: { size: number; directory: string; readers: number }): Promise<Prepared> {
  const { size, directory, readers } = options
  const configDir = join(directory, `config-${size}`)
  const sections = await writeConfiguration(configDir, size)
  const requests = prepareRequests({ path: '/v1/views', token: 'reader', sections }, readers)
  const requestsFile = await writeRequests(directory, `growth-${size}`, requests)
  return { configDir, requestsFile, first: requests[0] ?? '' }
}

/** The shipped configuration, with many meters and offers; YAML is a superset of JSON. Returns the meters' sections. */
export async function writeConfiguration(configDir: string, size: number): Promise<string[]> {
  await copyConfiguration(configDir)
  const sections = meterIds(size - 1)
  const counts = { window: 'month', limit: { anonymous: 5, registered: 5 } }
  const meters = [
    ...sections.map((section) => ({ id: section, scope: { sections: [section] }, ...counts })),
    { id: 'default', ...counts },
  ]
  const offers = Array.from({ length: size }, (_, index) => ({
    id: `offer-${index}`,
    plan: 'unlimited-digital',
    headline: 'Unlimited Digital Access',
    button: 'Act now',
    endsAt: 'first start + 10 days',
    priority: index,
  }))
  await writeFile(join(configDir, 'meters.yaml'), JSON.stringify(meters))
  await writeFile(join(configDir, 'offers.yaml'), JSON.stringify(offers))
  return [...sections, 'elsewhere']
}

/** Ids whose fingerprints differ, as a valid configuration needs. */
function meterIds(count: number): string[] {
  const ids = new Map<number, string>([[meterFingerprint('default'), 'default']])
  for (let number = 0; ids.size <= count; number += 1) {
    const id = `section-${number}`
    if (!ids.has(meterFingerprint(id))) ids.set(meterFingerprint(id), id)
  }
  return [...ids.values()].slice(1)
}

async function cpuOfARequest({ configDir, requestsFile, first }: Prepared, bench: Bench): Promise<number> {
  const { redis, seconds } = bench
  const placement = settle(1, bench)
  const server = await startServer({
    file: '../src/server.ts',
    redisUrl: redis.url,
    cores: placement?.servers,
    environment: { CONFIG_DIR: configDir },
  })
  try {
    await server.untilGood(first)
    const asking = { ports: [server.port], requestsFile, cores: placement?.load }
    await closedLoop({ ...asking, beginAt: seconds / (seconds + warmUpSeconds), seconds: warmUpSeconds })
    const before = await server.usage()
    const { answers } = await closedLoop({ ...asking, beginAt: 0, seconds })
    const after = await server.usage()
    return (after.cpuMicroseconds - before.cpuMicroseconds) / answers
  } finally {
    await server.stop()
  }
}
