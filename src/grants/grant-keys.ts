import { LRUCache } from 'lru-cache'
import { deriveGrantKey, type GrantKey, type PublicJwk } from './grant-key.ts'

/** Which keys sign and verify grants at an instant, in epoch milliseconds. */
export type GrantKeys = {
  signingAt(now: number): GrantKey
  /** Every key that a grant may be signed with now or soon, or that signed one which has not ended. */
  publishedAt(now: number): readonly PublicJwk[]
}

const dayMs = 86_400_000

/**
 * A key signs for 30 days of the calendar of the epoch, so that all processes change at the same instant. It is published
 * a week before, and until a day after: verifiers keep a key set for a while, clocks differ a little, and a grant lives
 * for an hour at the most.
 */
export const rotation = { periodMs: 30 * dayMs, publishedBeforeMs: 7 * dayMs, publishedAfterMs: dayMs }

/** The first secret signs; keys of all are published, so that one can be exchanged as for every other token of ours. */
export function createGrantKeys(secrets: readonly string[]): GrantKeys {
  const [signing] = secrets
  if (signing === undefined) throw new Error('grants need a secret')
  const derived = new LRUCache<string, GrantKey>({ max: 100 })

  function keyOf(secret: string, period: number): GrantKey {
    const name = `${period} ${secret}`
    const key = derived.get(name) ?? deriveGrantKey(secret, period)
    derived.set(name, key)
    return key
  }

  return {
    signingAt: (now) => keyOf(signing, periodOf(now)),
    publishedAt(now) {
      const instants = [now, now + rotation.publishedBeforeMs, now - rotation.publishedAfterMs]
      const periods = [...new Set(instants.map(periodOf))]
      return secrets.flatMap((secret) => periods.map((period) => keyOf(secret, period).publicJwk))
    },
  }
}

function periodOf(instant: number): number {
  return Math.floor(instant / rotation.periodMs)
}
