/** Why a question was not even sent: the store has not answered for a while. */
export class StoreAway extends Error {
  override name = 'StoreAway'
}

/**
 * Spares callers the wait for a store that does not answer. Open, it rejects with StoreAway at once and lets one
 * question through every `probeEveryMs`; the first answer closes it. An error that the store itself replied is an answer.
 */
export type Breaker = {
  /** Sends the question, or rejects at once. `told` hears of every error. */
  ask<T>(question: () => Promise<T>, told?: (error: unknown) => void): Promise<T>
  /** The store has shown elsewhere that it is there. */
  heard(): void
}

export type BreakerParts = {
  /** A clock in milliseconds that is never set back. */
  now: () => number
  /** Whether an error says that no answer came. */
  isSilence: (error: unknown) => boolean
  /** With what was last heard. */
  onOpen: (error: unknown) => void
  onClose: () => void
}

/**
 * A stall of our own process lets every question under way time out in one instant, so a number of failures alone says
 * little: it opens when nothing has been answered for a while after the first of them.
 */
export const failuresToOpen = 3
export const silenceToOpenMs = 50
export const probeEveryMs = 100

export function createBreaker({ now, isSilence, onOpen, onClose }: BreakerParts): Breaker {
  let isOpen = false
  let failures = 0
  let silentSince = 0
  let nextProbeAt = 0

  function heard(): void {
    failures = 0
    if (!isOpen) return
    isOpen = false
    onClose()
  }

  function answered<T>(answer: T): T {
    if (failures > 0) heard()
    return answer
  }

  function failed(error: unknown): never {
    if (isSilence(error)) unanswered(error)
    else heard()
    throw error
  }

  function unanswered(error: unknown): void {
    failures += 1
    if (failures === 1) silentSince = now()
    if (isOpen || failures < failuresToOpen || now() - silentSince < silenceToOpenMs) return
    isOpen = true
    nextProbeAt = now() + probeEveryMs
    onOpen(error)
  }

  return {
    ask(question, told) {
      if (isOpen) {
        if (now() < nextProbeAt) {
          told?.(storeAway)
          return Promise.reject(storeAway)
        }
        nextProbeAt = now() + probeEveryMs
      }
      return question().then(answered, (error) => {
        told?.(error)
        return failed(error)
      })
    },
    heard,
  }
}

/** One for all: it may be thrown thousands of times a second, and where does not matter. */
const storeAway = new StoreAway('The store has not answered for a while.')
