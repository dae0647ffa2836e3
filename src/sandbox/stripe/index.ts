import type { RequestListener } from 'node:http'
import type { Router } from 'express'
import { createAgenda } from './agenda.ts'
import { createApi } from './api.ts'
import { createClock } from './clock.ts'
import { createDeliveries } from './deliveries.ts'
import { openDocuments } from './documents.ts'
import { createEmitter, type RequestMark } from './events.ts'
import { createPages } from './pages/hosted-page.routes.ts'
import type { Sandbox } from './sandbox.ts'

/** A stand-in for Stripe, for whoever has no account there: it must be told apart from Stripe only by its pages. */
export type StripeSandbox = {
  /** Stripe's API (`/v1/…`), to be served by its own loopback listener. */
  api: RequestListener
  /** People's pages, mounted where `pagesUrl` says: the hosted payment page under `/checkout`. */
  pages: Router
  clock: {
    /** Epoch ms. */
    now(): number
    /** Moves time forward by so many ms, with all that Stripe would have done meanwhile; resolves when it is told. */
    advance(ms: number): Promise<void>
  }
  /** Resolves when no webhook is being delivered. */
  settled(): Promise<void>
  close(): Promise<void>
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
  log?: (message: string) => void
}): StripeSandbox {
  const { webhookUrl, webhookSecret, pagesUrl, now = Date.now, log = () => undefined } = options
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
  const emit = createEmitter({ documents, clock, request: () => request })
  const sandbox: Sandbox = { documents, clock, emit, pagesUrl }
  const deliveries = createDeliveries({ documents, clock, webhookUrl, webhookSecret, log })
  const agenda = createAgenda(sandbox, deliveries)
  agenda.start()
  return {
    api: createApi({ sandbox, agenda, during, log }),
    pages: createPages({ sandbox, agenda }),
    clock: { now: clock.now, advance: agenda.advance },
    settled: deliveries.settled,
    close: async () => {
      agenda.close()
      await deliveries.close()
      documents.close()
    },
  }
}
