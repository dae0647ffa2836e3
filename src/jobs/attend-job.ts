import type { Logger } from 'pino'
import type { Job } from './job.ts'
import type { JobHold, LeaseStore } from './lease-store.ts'

export type JobOutcome = 'done' | 'failed'

/** How long a process holds a job without a word, and after how long one that did not come off is looked at again. */
export type Pace = { leaseMs: number; retryMs: number }

export type AttendParts = {
  leases: LeaseStore
  holder: string
  startedMs: number
  pace: Pace
  /** Epoch milliseconds. */
  now: () => number
  log: Pick<Logger, 'debug' | 'warn' | 'error'>
  onRun: (run: { job: string; outcome: JobOutcome }) => void
}

/** Runs the job if it is due and nobody else does. Resolves with the time to look again; rejects if the store failed. */
export async function attendJob(parts: AttendParts, job: Job): Promise<number> {
  const { leases, holder, startedMs, pace, now } = parts
  const soonMs = Math.min(pace.retryMs, job.everyMs)
  const hold = { job: job.name, holder }
  const claim = await leases.takeJob({ ...hold, leaseMs: pace.leaseMs, nowMs: now(), startedMs })
  if (!claim.taken) return claim.dueMs ?? now() + soonMs

  const outcome = await runHolding(parts, job, hold)
  const endedMs = now()
  const dueMs = endedMs + (outcome === 'done' ? job.everyMs : soonMs)
  await leases.endJob({ ...hold, endedMs, dueMs })
  parts.onRun({ job: job.name, outcome })
  return dueMs
}

async function runHolding(parts: AttendParts, job: Job, hold: JobHold): Promise<JobOutcome> {
  const renewing = setInterval(() => void renew(parts, hold), parts.pace.leaseMs / 3)
  try {
    await job.run()
    return 'done'
  } catch (error) {
    parts.log.error({ error, job: job.name }, 'a job failed')
    return 'failed'
  } finally {
    clearInterval(renewing)
  }
}

async function renew({ leases, pace, log }: AttendParts, hold: JobHold): Promise<void> {
  try {
    if (await leases.keepJob({ ...hold, leaseMs: pace.leaseMs })) return
    log.warn(hold, 'another process has taken a job over, as this one was silent for too long')
  } catch (error) {
    log.debug({ error, ...hold }, 'a job could not be held on to')
  }
}
