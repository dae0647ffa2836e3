import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import express from 'express'
import Stripe from 'stripe'
import { createStripeSandbox } from '../../src/sandbox/stripe/index.ts'

type Options = Parameters<typeof createStripeSandbox>[0]

const webhookSecret = 'whsec_test'

/**
 * A Stripe account of the test's own, in the stand-in, with the means to look into it. Give its `environment` to a
 * service, and the service's address back.
 */
export async function openStripeAccount({
  now = Date.now,
  ...settings
}: Pick<Options, 'now' | 'afterLastTry' | 'deliveries' | 'random'> = {}) {
  let serviceUrl = ''
  let pagesUrl = ''
  const sandbox = createStripeSandbox({
    file: ':memory:',
    pagesUrl: () => pagesUrl,
    webhookUrl: () => `${serviceUrl}/v1/webhooks/stripe`,
    webhookSecret,
    now,
    ...settings,
  })
  const api = await listen(sandbox.api)
  const pages = await listen(express().use(sandbox.pages))
  pagesUrl = `http://127.0.0.1:${pages.port}`
  const key = 'sk_test_account'

  return {
    stripe: new Stripe(key, { host: '127.0.0.1', port: api.port, protocol: 'http' }),
    sandbox,
    environment: {
      STRIPE_SECRET_KEY: key,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_BASE: `http://127.0.0.1:${api.port}`,
    },
    /** Where the events go from now on. */
    notify(url: string) {
      serviceUrl = url
    },
    /** Headers and body of an event as Stripe sends it. */
    signed(event: object) {
      const payload = JSON.stringify(event)
      const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret })
      return { payload, headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature } }
    },
    /** Nobody answers at the API's address any more. */
    goAway: () => api.close(),
    async close() {
      await Promise.all([api.close(), pages.close()])
      await sandbox.close()
    },
  }
}

export type StripeAccount = Awaited<ReturnType<typeof openStripeAccount>>

async function listen(handle: RequestListener) {
  const server = createServer(handle)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A listener on loopback has no port.')
  return {
    port: address.port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
