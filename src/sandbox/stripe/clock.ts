import type { Documents } from './documents.ts'

export type SandboxClock = {
  /** Epoch ms. */
  now(): number
  /** Runs `work` as if it were `instant` (epoch ms): what was due while nobody looked happens at its own time. */
  at<T>(instant: number, work: () => T): T
  /** From now on it is `instant` (epoch ms) and time runs on from there. Kept in the file. */
  moveTo(instant: number): void
}

/** The sandbox's own time: the base clock and however far it has been moved forward. */
export function createClock(documents: Documents, base: () => number): SandboxClock {
  let offsetMs = documents.find('clock', 'clock')?.offsetMs ?? 0
  let held: number | undefined
  return {
    now: () => held ?? base() + offsetMs,
    at: (instant, work) => {
      const before = held
      held = instant
      try {
        return work()
      } finally {
        held = before
      }
    },
    moveTo: (instant) => {
      offsetMs = Math.max(offsetMs, instant - base())
      documents.save('clock', { id: 'clock', offsetMs })
    },
  }
}
