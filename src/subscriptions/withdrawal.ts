import type { Site } from '../paywall/site.ts'
import { dayOf } from '../time.ts'
import type { Attempt } from './attempt.ts'

const dayMs = 86_400_000

/**
 * The instant from which a reader may no longer withdraw from the contract (epoch ms): the end of the last day that the
 * site gives for it. Null where it gives none.
 */
export function withdrawableUntil({ attempt, site }: { attempt: Attempt; site: Site }): number | null {
  const { withdrawalDays, timeZone } = site
  return withdrawalDays === 0 ? null : dayOf(attempt.consent.atMs + withdrawalDays * dayMs, timeZone).until
}
