import { connections } from './closed-loop.ts'
import { type Contender, contenders } from './contenders.ts'
import type { Figures } from './measure.ts'
import { over, type Results, ratioOver } from './results.ts'
import { collisionProbability, type Spread, spread } from './statistics.ts'
import { targets } from './targets.ts'

/** docs/benchmarks.md: what was measured, on what, and what was promised. */
export function report(results: Results): string {
  const { options, growth, coldStartMs } = results
  return `# Benchmarks

Written by \`npm run bench\`, last on ${results.date.toISOString().slice(0, 10)}. Figures are medians of ${options.rounds} interleaved rounds, in brackets the
least and the most. They move from machine to machine: read the ratios. [How it is measured](#how-it-is-measured) is below.

![Requests a second of one process: Newsrack beside the floor and the usual Express stacks](benchmarks.svg)

## One process

${ratesTable(results, 1)}

Latency in milliseconds, from the request to its whole answer: with ${connections} connections that never wait, and in an open
loop at half of what each can answer. RSS is the process's memory after the load.

${latencyTable(results, 1)}

## Two processes

${twoProcessesNote(results)}

${ratesTable(results, 2)}

## What was promised

${promisesTable(results)}

## Memory of a reader in Redis

Growth of \`used_memory\` over ${number(options.storedReaders)} readers written by the store itself: record, key and expiry.

${memoryTable(results)}

Articles are told apart by ${results.articleBits} bits of a hash. The last column is the probability that any two of a reader's n articles
share them, 1 − ∏ (1 − i / 2^${results.articleBits}) for i from 1 to n − 1; one of the two then opens uncounted, in the reader's favour.

## More meters, more offers

CPU of one \`POST /v1/views\` where the site has so many meters, each for a section of its own, and as many offers that all run:

${table(
  ['meters and offers', 'CPU µs a request'],
  growth.map(({ size, cpuMicroseconds }) => [number(size), spreadText(spread(cpuMicroseconds), 1)]),
)}

## Cold start

From starting the process to its first good answer: ${spreadText(spread(coldStartMs), 0)} ms (median and range of ${coldStartMs.length} starts).

## How it is measured

${method(results)}
`
}

/** The heart of the report, for the terminal. */
export function summary(results: Results): string {
  const { memory, coldStartMs, growth } = results
  return [
    'One process',
    ratesTable(results, 1),
    '',
    'Two processes',
    ratesTable(results, 2),
    '',
    promisesTable(results),
    '',
    `Bytes a reader in Redis: ${memory.map(({ articles, bytes }) => `${Math.round(bytes)} at ${articles}`).join(', ')}`,
    `CPU µs by meters and offers: ${growth.map(({ size, cpuMicroseconds }) => `${spread(cpuMicroseconds).median.toFixed(1)} at ${size}`).join(', ')}`,
    `Cold start: ${spreadText(spread(coldStartMs), 0)} ms`,
  ].join('\n')
}

function of(processes: 1 | 2): Contender[] {
  return contenders.filter((contender) => contender.processes === processes)
}

function ratesTable({ rounds }: Results, processes: 1 | 2): string {
  const floor = processes === 1 ? 'floor' : 'floor-2'
  const rate = ({ perSecond }: Figures) => perSecond
  return table(
    ['what answers', 'requests/s', 'of the floor', 'CPU µs a request'],
    of(processes).map(({ id, name }) => [
      name,
      spreadText(over(rounds, id, rate), 0),
      spreadText(ratioOver(rounds, { id, to: floor }, rate), 2),
      spreadText(
        over(rounds, id, ({ cpuMicrosecondsPerRequest }) => cpuMicrosecondsPerRequest),
        1,
      ),
    ]),
  )
}

function latencyTable({ rounds }: Results, processes: 1 | 2): string {
  const columns: ((figures: Figures) => number)[] = [
    ({ saturatedP50Ms }) => saturatedP50Ms,
    ({ saturatedP99Ms }) => saturatedP99Ms,
    ({ halfP50Ms }) => halfP50Ms,
    ({ halfP99Ms }) => halfP99Ms,
  ]
  return table(
    ['what answers', 'p50, saturated', 'p99, saturated', 'p50, half', 'p99, half', 'RSS MB'],
    of(processes).map(({ id, name }) => [
      name,
      ...columns.map((column) => spreadText(over(rounds, id, column), 2)),
      spreadText(
        over(rounds, id, ({ rssBytes }) => rssBytes / 1e6),
        0,
      ),
    ]),
  )
}

function promisesTable(results: Results): string {
  return table(
    ['promised', 'measured', ''],
    targets(results).map(({ promise, found, holds }) => [promise, found, holds ? 'holds' : '**missed**']),
  )
}

function memoryTable({ memory, articleBits }: Results): string {
  return table(
    ['articles', 'bytes', 'probability of a collision'],
    memory.map(({ articles, bytes }) => [
      String(articles),
      String(Math.round(bytes)),
      probabilityText(collisionProbability(articles, articleBits)),
    ]),
  )
}

function twoProcessesNote({ machine }: Results): string {
  return machine.cores.length >= 4
    ? 'Each server has a core to itself; wrk and Redis have two more.'
    : 'Two servers, wrk and Redis share two cores here, so the machine is full before the servers are: no figure of what two processes could do.'
}

function method({ machine, options, rounds }: Results): string {
  const away = Math.max(
    ...contenders.map(({ id }) => over(rounds, id, ({ withoutStore }) => withoutStore).most),
  )
  const pinning =
    machine.cores.length >= 2
      ? 'The server is pinned to one core; wrk, the open loop and Redis to another.'
      : 'Nothing is pinned to a core, as `taskset` or a second core is absent: expect wide ranges.'
  return [
    `- ${machine.cpu}, ${machine.cpuCount} processors; Node ${machine.node}, Redis ${machine.redis}, wrk ${machine.wrk}. ${pinning}`,
    '- Everything runs in one interleaved run, each round in another order; every run has fresh processes and an empty Redis, and a warm-up of eight seconds that is not counted. All is on loopback, so the network costs less than anywhere else.',
    `- Load: wrk, ${options.seconds} seconds, ${connections} keep-alive connections, POST with a body of about 150 bytes. 10,000 and more readers with signed tokens ask eight times each: five articles that count, a re-read, two that are refused with an offer. Repeated, that makes about half re-reads and a quarter stops. The usual stack has a JSON Web Token in the cookie instead.`,
    '- Newsrack is `src/server.ts` with the shipped configuration and production settings. The limiters count requests, not articles; what they refuse answers 200 too.',
    '- The usual stack: pino-http (to the null device), helmet, express.json, cookie-parser, jsonwebtoken, rate-limiter-flexible on Redis, each at its defaults.',
    '- CPU is user and system time by the server process’s own account, all its threads, over the saturated load.',
    '- The open loop sends at fixed, random times whether or not there were answers; latency counts from the time at which a request was due. Its own precision is about 0.1 ms.',
    `- No answer had another status than 200: a run with one is refused. At most ${(away * 100).toFixed(2)} % of a run's answers in the open loop came without the store, after its deadline.`,
  ].join('\n')
}

function spreadText({ median, least, most }: Spread, digits: number): string {
  const text = (value: number) => number(value, digits)
  return least === most ? text(median) : `${text(median)} (${text(least)}–${text(most)})`
}

function probabilityText(probability: number): string {
  return probability === 0 ? '0' : probability.toExponential(1).replace('e-', ' · 10^−')
}

function number(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
