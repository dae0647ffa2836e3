import { crc32 } from 'node:zlib'

type Lanes<Job> = { push: (key: string, job: Job) => Promise<void>; drain: () => Promise<void> }

/**
 * Work in parallel lanes: jobs of one key are done one at a time in the order they were pushed, jobs in
 * different lanes side by side. `push` waits while the key's lane already holds `capacity` jobs, for one
 * caller that awaits each push. The first error of `work` ends everything: nothing more is
 * begun, and the next `push` or `drain` throws it.
 */
export function createLanes<Job>({
  count,
  capacity,
  work,
}: {
  count: number
  capacity: number
  work: (job: Job) => Promise<void>
}): Lanes<Job> {
  const lanes = Array.from({ length: count }, (): Promise<void>[] => [])
  let failure: { error: unknown } | null = null

  async function takeTurn(previous: Promise<void> | undefined, job: Job): Promise<void> {
    await previous
    if (failure !== null) return
    try {
      await work(job)
    } catch (error) {
      failure ??= { error }
    }
  }

  function throwFailure(): void {
    if (failure !== null) throw failure.error
  }

  return {
    async push(key, job) {
      const lane = lanes[crc32(key) % count] ?? []
      if (lane.length >= capacity) await lane[0]
      throwFailure()
      const turn = takeTurn(lane.at(-1), job).then(() => {
        lane.shift()
      })
      lane.push(turn)
    },
    async drain() {
      await Promise.all(lanes.flat())
      throwFailure()
    },
  }
}
