import { typeMatches } from './event-types.ts'
import type { Delivery, StoredEvent } from './stored.ts'

/** How events reach the webhook where they do not come once and at once. All times are the sandbox's clock's. */
export type DeliveryHabits = {
  /** How long after it happened an event is posted, at the least. */
  lateMs?: number
  /** Over how long the posts are spread at random, so that events come in any order. */
  spreadMs?: number
  /** Each event is posted two times, though it was taken the first. */
  twice?: boolean
  /** The types that are never posted (`invoice.*`; `*` for all). They are listed as undelivered. */
  dropped?: readonly string[]
}

/** What is to be posted of an event that happens `now` (epoch ms): nothing, once or twice. */
export function plannedDeliveries(
  event: Pick<StoredEvent, 'id' | 'type'>,
  { lateMs = 0, spreadMs = 0, twice = false, dropped = [] }: DeliveryHabits,
  { now, random }: { now: number; random: () => number },
): Delivery[] {
  if (dropped.some((type) => typeMatches(event.type, type))) return []
  const copies = twice ? ['', '_again'] : ['']
  return copies.map((copy) => ({
    id: `${event.id}${copy}`,
    event: event.id,
    attempts: 0,
    since: now,
    nextAt: now + lateMs + Math.floor(random() * spreadMs),
  }))
}
