import { randomUUID } from 'node:crypto'
import { type AttendParts, attendJob, type Pace } from './attend-job.ts'
import type { Job } from './job.ts'

/** The jobs of one process, running. */
export type RunningJobs = {
  /** Runs what is due now and resolves when it has ended: for a clock that jumps. */
  catchUp(): Promise<void>
  /** Begins nothing any more, and resolves when what is under way has ended, or a few seconds later. */
  stop(): Promise<void>
}

type Options = Pick<AttendParts, 'leases' | 'now' | 'log'> & {
  jobs: readonly Job[]
  onRun?: AttendParts['onRun']
  pace?: Pace & { lookEveryMs: number }
}

/** A process looks at its clock, which the sandbox can move, and asks the store only when a job is due. */
const ordinaryPace = { leaseMs: 30_000, retryMs: 30_000, lookEveryMs: 1000 }

/** A job under way at a stop gets so long. */
const patienceMs = 5000

/**
 * Runs each job in one of the processes that share a store: once after the start of any of them, then on its schedule.
 * Where the process that runs a job dies, another takes it over.
 */
export function startJobs(options: Options): RunningJobs {
  const { jobs, onRun = () => {}, pace = ordinaryPace, ...shared } = options
  const parts = { ...shared, onRun, pace, holder: randomUUID(), startedMs: shared.now() }
  const started = jobs.map((job) => startJob({ parts, job, lookEveryMs: pace.lookEveryMs }))
  return {
    async catchUp() {
      await Promise.all(started.map(({ catchUp }) => catchUp()))
    },
    async stop() {
      const ended = Promise.all(started.map(({ stop }) => stop()))
      const tooLate = Promise.withResolvers<void>()
      const timer = setTimeout(tooLate.resolve, patienceMs)
      await Promise.race([ended, tooLate.promise])
      clearTimeout(timer)
    },
  }
}

/** Both resolve when the run that is under way has ended. */
function startJob(options: { parts: AttendParts; job: Job; lookEveryMs: number }): RunningJobs {
  const { parts, job, lookEveryMs } = options
  const { now, log, pace, startedMs } = parts
  let lookAgainMs = startedMs
  let underWay: Promise<void> | null = null

  async function attend(): Promise<void> {
    try {
      lookAgainMs = await attendJob(parts, job)
    } catch (error) {
      lookAgainMs = now() + Math.min(pace.retryMs, job.everyMs)
      log.debug({ error, job: job.name }, 'the store could not be asked for a job')
    }
    underWay = null
  }

  function look(): void {
    if (underWay === null && now() >= lookAgainMs) underWay = attend()
  }

  look()
  const timer = setInterval(look, lookEveryMs).unref()
  return {
    async catchUp() {
      await underWay
      look()
      await underWay
    },
    async stop() {
      clearInterval(timer)
      await underWay
    },
  }
}
