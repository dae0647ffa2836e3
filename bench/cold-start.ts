import { startServer } from './server-process.ts'

/** Milliseconds from starting the process to its first good answer, a figure a run. */
export async function measureColdStart(options: {
  redisUrl: string
  request: string
  runs: number
}): Promise<number[]> {
  const figures: number[] = []
  for (let run = 0; run < options.runs; run += 1) {
    const startMs = performance.now()
    const server = await startServer({ file: '../src/server.ts', redisUrl: options.redisUrl })
    try {
      await server.untilGood(options.request)
      figures.push(performance.now() - startMs)
    } finally {
      await server.stop()
    }
  }
  return figures
}
