import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { pinned } from './placement.ts'

export const connections = 64

/** What came back from all servers together; latencies are those of the slower server. */
export type ClosedLoop = { answers: number; perSecond: number; p50Ms: number; p99Ms: number }

/** As many requests as the servers can answer, on 64 connections: wrk. `beginAt` is a part of the requests, 0 to 1. */
export async function closedLoop(options: {
  ports: readonly number[]
  requestsFile: string
  beginAt: number
  seconds: number
  cores: readonly number[] | undefined
}): Promise<ClosedLoop> {
  const { ports, beginAt } = options
  const reports = await Promise.all(
    ports.map((port, index) =>
      wrk({
        ...options,
        port,
        beginAt: beginAt + index / ports.length,
        connections: connections / ports.length,
      }),
    ),
  )
  const failed = reports.reduce((sum, report) => sum + report.failed, 0)
  if (failed > 0) throw new Error(`${failed} requests were not answered, or not well.`)
  return {
    answers: reports.reduce((sum, { answers }) => sum + answers, 0),
    perSecond: reports.reduce((sum, { answers, seconds }) => sum + answers / seconds, 0),
    p50Ms: Math.max(...reports.map(({ p50Ms }) => p50Ms)),
    p99Ms: Math.max(...reports.map(({ p99Ms }) => p99Ms)),
  }
}

const reportSchema = z.object({
  answers: z.number(),
  seconds: z.number(),
  failed: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
})

async function wrk(options: {
  port: number
  requestsFile: string
  beginAt: number
  seconds: number
  connections: number
  cores: readonly number[] | undefined
}) {
  const script = fileURLToPath(new URL('wrk.lua', import.meta.url))
  const { command, args } = pinned(options.cores, 'wrk', [
    '--threads=1',
    `--connections=${options.connections}`,
    `--duration=${options.seconds}s`,
    `--script=${script}`,
    `http://127.0.0.1:${options.port}`,
    options.requestsFile,
    String(options.beginAt),
  ])
  const { stdout } = await promisify(execFile)(command, args)
  return reportSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}
