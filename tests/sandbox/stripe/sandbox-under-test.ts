import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import express from 'express'
import Stripe from 'stripe'
import { createStripeSandbox, type StripeSandbox } from '../../../src/sandbox/stripe/index.ts'

export const startMs = Date.UTC(2026, 10, 24, 12)
export const dayMs = 24 * 3600 * 1000
export const webhookSecret = 'whsec_test'

export type Arrival = { event: Stripe.Event; body: string; signature: string }

export type Running = {
  sandbox: StripeSandbox
  /** The real library, talking to the sandbox. */
  stripe: Stripe
  apiUrl: string
  pagesUrl: string
  /** The base clock, which a test may move by hand. */
  base: { now: number }
  /** What the webhook received and took. */
  arrivals: Arrival[]
  /** It answers `status`, and not before `ready`. */
  webhook: { status: number; attempts: number; ready: Promise<void> }
  types(): string[]
  /** Resolves when something is next posted to the webhook, whatever is answered. */
  untilAttempt(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A sandbox with its API, its pages and somebody who listens to its webhooks, each on a loopback port. */
export async function runSandbox(
  options: Partial<
    Pick<
      Parameters<typeof createStripeSandbox>[0],
      'file' | 'pagesUrl' | 'afterLastTry' | 'deliveries' | 'random'
    >
  > = {},
): Promise<Running> {
  const arrivals: Arrival[] = []
  const webhook = { status: 200, attempts: 0, ready: Promise.resolve() }
  const attempted = new EventEmitter()
  const base = { now: startMs }
  const listener = await listen(async (request, response) => {
    const body = await text(request)
    const signature = String(request.headers['stripe-signature'])
    webhook.attempts++
    attempted.emit('attempt')
    await webhook.ready
    if (webhook.status === 200) {
      arrivals.push({
        event: Stripe.webhooks.constructEvent(body, signature, webhookSecret),
        body,
        signature,
      })
    }
    response.writeHead(webhook.status).end()
  })
  const app = express()
  const people = await listen(app)
  const sandbox = createStripeSandbox({
    file: ':memory:',
    pagesUrl: () => `${people.url}/sandbox`,
    ...options,
    webhookUrl: () => `${listener.url}/v1/webhooks/stripe`,
    webhookSecret,
    now: () => base.now,
  })
  app.use('/sandbox', sandbox.pages)
  const api = await listen(sandbox.api)
  const { hostname, port } = new URL(api.url)
  const connection = { host: hostname, port: Number(port), protocol: 'http', maxNetworkRetries: 0 } as const
  return {
    sandbox,
    stripe: new Stripe('sk_test_newsrack', connection),
    apiUrl: api.url,
    pagesUrl: `${people.url}/sandbox`,
    base,
    arrivals,
    webhook,
    untilAttempt: () => once(attempted, 'attempt').then(() => undefined),
    types: () => arrivals.map(({ event }) => event.type),
    [Symbol.asyncDispose]: async () => {
      await sandbox.close()
      for (const { server } of [api, people, listener]) {
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      }
    },
  }
}

async function listen(handler: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return { server, url: `http://127.0.0.1:${address.port}` }
}
