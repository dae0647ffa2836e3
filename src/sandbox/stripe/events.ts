import Stripe from 'stripe'
import type { SandboxClock } from './clock.ts'
import { type DeliveryHabits, plannedDeliveries } from './delivery-habits.ts'
import type { Documents } from './documents.ts'
import { newId } from './ids.ts'
import type { EventType } from './stored.ts'

/** Records that something happened to `after`. Given what it was `before`, the event lists what changed. */
export type Emit = (type: EventType, after: object, before?: object) => void

export type RequestMark = { id: string | null; idempotency_key: string | null }

/** Makes events in Stripe's shape and puts each on its way (deliveries.ts): both are kept with the change itself. */
export function createEmitter(options: {
  documents: Documents
  clock: SandboxClock
  request: () => RequestMark
  habits: () => DeliveryHabits
  random: () => number
}): Emit {
  const { documents, clock, habits, random } = options
  return (type, after, before) => {
    const id = newId('evt')
    documents.save('event', {
      id,
      object: 'event',
      api_version: Stripe.API_VERSION,
      created: Math.floor(clock.now() / 1000),
      data: { object: after, ...(before && { previous_attributes: changed(before, after) }) },
      livemode: false,
      pending_webhooks: 1,
      request: options.request(),
      type,
    })
    const planned = plannedDeliveries({ id, type }, habits(), { now: clock.now(), random })
    for (const delivery of planned) documents.save('delivery', delivery)
  }
}

function changed(before: object, after: object): object {
  const values = new Map<string, unknown>(Object.entries(after))
  const differing = Object.entries(before).filter(
    ([name, value]) => JSON.stringify(values.get(name)) !== JSON.stringify(value),
  )
  return Object.fromEntries(differing)
}
