import { mkdirSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { join } from 'node:path'
import express, { type Router } from 'express'
import { demoPaper } from './paper/index.ts'
import type { Newsrack } from './paper/newsrack.ts'
import { createStripeSandbox } from './stripe/index.ts'

/** What stands in for the world outside while there is no Stripe account: Stripe itself, and a newspaper to read. */
export type Sandbox = {
  stripe: { secretKey: string; webhookSecret: string; apiBase: URL }
  /** The payment pages at `/sandbox`, the newspaper at `/`, whose server asks Newsrack as any publisher's does. */
  pages(paper: Pick<Newsrack, 'site' | 'siteKey' | 'withholdsText'>): Router
  /** The time here, epoch ms: whoever plays along lives by it, for `/sandbox/controls` moves it forward. */
  now: () => number
  /** Has `listener` called when the clock is moved, at the least once a day of the way; it is waited for. */
  onTimePassing(listener: () => Promise<void>): void
  close(): Promise<void>
}

/**
 * Starts the stand-in for Stripe's API on a loopback port of its own, where the stripe library reaches it over HTTP as
 * it would reach Stripe. Its webhooks go to `port`, on which the service listens.
 */
export async function startSandbox(options: {
  dataDir: string
  serviceUrl: URL
  port: number
  now: () => number
  log: (message: string) => void
}): Promise<Sandbox> {
  const { dataDir, serviceUrl, port, now, log } = options
  const webhookSecret = 'whsec_sandbox'
  mkdirSync(dataDir, { recursive: true })
  const stripe = createStripeSandbox({
    file: join(dataDir, 'sandbox.sqlite'),
    pagesUrl: () => new URL('/sandbox', serviceUrl).href,
    webhookUrl: () => `http://127.0.0.1:${port}/v1/webhooks/stripe`,
    webhookSecret,
    now,
    log,
  })
  const api = await listen(stripe.api)
  const address = new URL(`http://127.0.0.1:${port}`)
  return {
    stripe: { secretKey: 'sk_test_sandbox', webhookSecret, apiBase: addressOf(api) },
    pages(paper) {
      const pages = express.Router()
      pages.use('/sandbox', stripe.pages)
      const newsrack = { ...paper, publicUrl: serviceUrl, address }
      pages.use(demoPaper({ now: stripe.clock.now, newsrack }))
      return pages
    },
    now: stripe.clock.now,
    onTimePassing: stripe.clock.onPassing,
    async close() {
      await new Promise((resolve) => {
        api.close(resolve)
        api.closeAllConnections()
      })
      await stripe.close()
    },
  }
}

function listen(handle: RequestListener): Promise<Server> {
  const server = createServer(handle)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

function addressOf(server: Server): URL {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the sandbox listens on no port')
  return new URL(`http://127.0.0.1:${address.port}`)
}
