import type { RequestListener } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Router } from 'express'
import { createAgenda } from './agenda.ts'
import { createApi } from './api.ts'
import { createClock } from './clock.ts'
import { controlsOf } from './controls.ts'
import { createDeliveries } from './deliveries.ts'
import type { DeliveryHabits } from './delivery-habits.ts'
import { openDispute } from './disputes.ts'
import { openDocuments } from './documents.ts'
import { createEmitter, type RequestMark } from './events.ts'
import { createOutages, type Outage } from './outages.ts'
import { createPages } from './pages/hosted-page.routes.ts'
import { prepareParams } from './params.ts'
import type { Sandbox } from './sandbox.ts'

/** A stand-in for Stripe, for whoever has no account there: it must be told apart from Stripe only by its pages. */
export type StripeSandbox = {
  /** Stripe's API (`/v1/…`), to be served by its own loopback listener. */
  api: RequestListener
  /** People's pages, mounted where `pagesUrl` says: the hosted payment page under `/checkout`, the bank's under `/challenge`, `/controls`. */
  pages: Router
  clock: {
    /** Epoch ms. */
    now(): number
    /** Moves time forward by so many ms, with all that Stripe would have done meanwhile; resolves when it is told. */
    advance(ms: number): Promise<void>
    /** Has whoever lives by this clock called at every stop, at the least once a day, when it is moved; it waits for them. */
    onPassing(listener: () => Promise<void>): void
  }
  /** From now on events reach the webhook so; `{}` for once and at once. */
  deliver(habits: DeliveryHabits): void
  outages: {
    /** From now on requests to the API meet with a fault of Stripe's. */
    begin(outage: Outage): void
    /** Everything works again. */
    end(): void
  }
  /** Has the owner of the card take a payment back. Throws where that cannot be: it is disputed or refunded already. */
  dispute(charge: string): void
  /** Resolves when no webhook is being delivered. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** How long, in real time, whoever lives by the clock may take at one stop. */
const patienceMs = 10_000

async function allKeepUp(listeners: readonly (() => Promise<void>)[]): Promise<boolean> {
  const waiting = new AbortController()
  const tooLate = delay(patienceMs, false, { signal: waiting.signal }).catch(() => false)
  const ended = Promise.all(listeners.map((listener) => listener())).then(() => true)
  return Promise.race([ended, tooLate]).finally(() => waiting.abort())
}

export function createStripeSandbox(options: {
  /** The SQLite file everything is kept in, or ':memory:'. */
  file: string
  /** Where `pages` are mounted, e.g. `http://localhost:3000/sandbox`. */
  pagesUrl: () => string
  /** Where events are posted. */
  webhookUrl: () => string
  /** What they are signed with (`whsec_…`). */
  webhookSecret: string
  /** The base clock in epoch ms, which `clock.advance` runs ahead of. */
  now?: () => number
  /** What becomes of a subscription whose renewal could not be collected in the last try. */
  afterLastTry?: 'cancel' | 'unpaid'
  /** How events reach the webhook; left out, once and at once. */
  deliveries?: DeliveryHabits
  /** What chance goes by: numbers from 0 up to 1. */
  random?: () => number
  log?: (message: string) => void
}): StripeSandbox {
  const { webhookUrl, webhookSecret, pagesUrl, now = Date.now, log = () => undefined } = options
  prepareParams()
  const documents = openDocuments(options.file)
  const clock = createClock(documents, now)
  const nobody: RequestMark = { id: null, idempotency_key: null }
  let request = nobody
  const during = <T>(mark: RequestMark, work: () => T): T => {
    request = mark
    try {
      return work()
    } finally {
      request = nobody
    }
  }
  const outages = createOutages()
  const controls = controlsOf(outages, options.deliveries ?? {})
  const { random = Math.random } = options
  const emit = createEmitter({ documents, clock, request: () => request, habits: controls.habits, random })
  const { afterLastTry = 'cancel' } = options
  const sandbox: Sandbox = { documents, clock, emit, pagesUrl, afterLastTry }
  const deliveries = createDeliveries({ documents, clock, webhookUrl, webhookSecret, log })
  const listeners: (() => Promise<void>)[] = []
  const agenda = createAgenda(sandbox, deliveries, () => allKeepUp(listeners))
  agenda.start()
  return {
    api: createApi({ sandbox, agenda, outages, during, log }),
    pages: createPages({ sandbox, agenda, controls }),
    clock: {
      now: clock.now,
      advance: agenda.advance,
      onPassing: (listener) => {
        listeners.push(listener)
      },
    },
    deliver: controls.deliver,
    outages: { begin: outages.begin, end: outages.end },
    dispute: (charge) => {
      documents.transaction(() => openDispute(sandbox, charge))
      agenda.catchUp()
    },
    settled: deliveries.settled,
    close: async () => {
      agenda.close()
      outages.close()
      await deliveries.close()
      documents.close()
    },
  }
}
