import Stripe from 'stripe'
import type { SandboxClock } from './clock.ts'
import type { Documents } from './documents.ts'
import { postEvent } from './post-event.ts'
import type { Delivery, StoredEvent } from './stored.ts'

export type Deliveries = {
  /** Makes a delivery's next attempt, in the background. */
  attempt(id: string): void
  /** Resolves when nothing is being posted. */
  settled(): Promise<void>
  /** Breaks off what is being posted; it will be tried again after a restart. */
  close(): Promise<void>
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** How long after each failed attempt the next is made; after the last, about three days in, Stripe gives up. */
const backOffMs = [
  5 * second,
  30 * second,
  2 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  24 * hour,
]

/** Posts events to the webhook, signed as Stripe signs, until it answers 2xx. */
export function createDeliveries(options: {
  documents: Documents
  clock: SandboxClock
  webhookUrl: () => string
  webhookSecret: string
  log: (message: string) => void
}): Deliveries {
  const { documents, clock, log } = options
  const underWay = new Map<string, Promise<void>>()
  const closing = new AbortController()

  return {
    attempt: (id) => {
      const delivery = documents.find('delivery', id)
      const event = delivery && documents.find('event', delivery.event)
      if (!event) return
      // The next attempt is set down before this one is made, so that a crash on the way loses nothing.
      const attempts = underWay.has(id) ? delivery.attempts : delivery.attempts + 1
      const wait = backOffMs[attempts - 1]
      if (wait === undefined) return giveUp(delivery, event)
      documents.save('delivery', { ...delivery, attempts, nextAt: clock.now() + wait })
      if (underWay.has(id)) return
      const posting = post(delivery, event).finally(() => underWay.delete(id))
      underWay.set(id, posting)
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay.values())
    },
    close: async () => {
      closing.abort()
      await Promise.all(underWay.values())
    },
  }

  async function post(delivery: Delivery, event: StoredEvent): Promise<void> {
    const payload = JSON.stringify(event, null, 2)
    // Whoever checks the signature may go by the real time or by the sandbox's: it must be stale by neither.
    const timestamp = Math.floor(Math.max(Date.now(), clock.now()) / second)
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: options.webhookSecret,
      timestamp,
    })
    const outcome = await postEvent({ url: options.webhookUrl, payload, signature, signal: closing.signal })
    if (closing.signal.aborted) return
    if (outcome.delivered) return delivered(delivery)
    log(`webhook: ${event.type} ${event.id} was not taken (${outcome.reason}); it will be sent again`)
  }

  function delivered({ id, event: eventId }: Delivery): void {
    documents.transaction(() => {
      const event = documents.find('event', eventId)
      if (event) documents.save('event', { ...event, pending_webhooks: 0 })
      documents.remove('delivery', id)
    })
  }

  function giveUp(delivery: Delivery, event: StoredEvent): void {
    documents.remove('delivery', delivery.id)
    log(`webhook: ${event.type} ${event.id} was never taken; it will not be sent again`)
  }
}
