/**
 * Who does a job: of several processes one at a time. `leaseMs` is told by the store's own clock, so that a process that
 * died holds a job no longer than that; `…Ms` of runs are epoch milliseconds of the service.
 */
export type LeaseStore = {
  /** Takes the job where it is due and nobody has it. */
  takeJob(claim: JobClaim): Promise<TakenJob>
  /** Holds on to it for another `leaseMs`. False where somebody else has it by now. */
  keepJob(hold: JobHold & { leaseMs: number }): Promise<boolean>
  /** Gives it back after a run that ended at `endedMs`; the next is due at `dueMs`. Nothing where somebody else has it. */
  endJob(hold: JobHold & { endedMs: number; dueMs: number }): Promise<void>
}

export type JobHold = { job: string; holder: string }

/**
 * A job is due at the time that its last run has set; and for a process that has started since that run ended, at once:
 * so a start does everything, and of several processes that start together one.
 */
export type JobClaim = JobHold & { leaseMs: number; nowMs: number; startedMs: number }

/** `dueMs` is null where another process has it. */
export type TakenJob = { taken: true } | { taken: false; dueMs: number | null }
