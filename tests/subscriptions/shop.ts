import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import express from 'express'
import Stripe from 'stripe'
import request from 'supertest'
import { shownOfferSchema } from '../../src/paywall/answer.ts'
import { createStripeSandbox } from '../../src/sandbox/stripe/index.ts'
import { freePort } from '../support/free-port.ts'
import { startService } from '../support/service.ts'
import { anAttempt } from './examples.ts'

const openedAtMs = Date.UTC(2026, 10, 24, 12)
export const dayMs = 86_400_000

/**
 * A whole service that reaches Stripe's stand-in as it would reach Stripe, and a look at what that holds. Time stands
 * still until somebody moves it.
 */
export async function openShop({ environment = {} }: { environment?: Record<string, string> } = {}) {
  const webhookSecret = 'whsec_shop'
  const hearing = { webhooks: true, payments: true }
  const nobody = await freePort()
  const people = express()
  const pages = await listen(people)
  const sandbox = createStripeSandbox({
    file: ':memory:',
    pagesUrl: () => pages.url,
    webhookUrl: () => `${hearing.webhooks ? service.url : `http://localhost:${nobody}`}/v1/webhooks/stripe`,
    webhookSecret,
    now: () => openedAtMs,
  })
  people.use(sandbox.pages)
  const api = await listen((request, response) => {
    if (hearing.payments) return sandbox.api(request, response)
    response.writeHead(503, { 'stripe-should-retry': 'false' }).end()
  })
  const { hostname, port } = new URL(api.url)
  const settings = {
    STRIPE_SECRET_KEY: 'sk_test_shop',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_BASE: api.url,
    ...environment,
  }
  const service = await startService({ now: sandbox.clock.now, environment: settings })
  const stripe = new Stripe('sk_test_shop', { host: hostname, port: Number(port), protocol: 'http' })

  return {
    url: service.url,
    /** Of the service; a further process has the same. */
    settings,
    apiUrl: api.url,
    stripe,
    /** Whether Stripe answers, and whether its webhooks arrive. */
    hearing,
    now: sandbox.clock.now,
    settled: sandbox.settled,
    /** Has the owner of the card take a payment back. */
    dispute: sandbox.dispute,
    /** Moves the time of both forward to an instant (epoch ms), with all that Stripe does meanwhile. */
    waitUntil: (instant: number) => sandbox.clock.advance(instant - sandbox.clock.now()),

    /** A new reader buys what is offered, and their browser comes back from the payment page. */
    async subscriber({ number = card.number, email = card.email, language = 'en-US' } = {}) {
      const met = await request(service.url)
        .post('/v1/access')
        .send({ ...forSubscribers, language })
        .expect(200)
      const token = String(met.headers['newsrack-reader'])
      const browser = request.agent(service.url).set('Cookie', `newsrack_reader=${token}`)
      const { id, termsHash } = shownOfferSchema.parse(met.body.offer)
      const order = { offer: id, termsHash, consent: true, returnTo: '/', language, section: 'world' }
      const { body } = await browser.post('/v1/checkout').send(order).expect(201)
      const paid = await fetch(body.url, {
        method: 'POST',
        body: new URLSearchParams({ ...card, number, email }),
        redirect: 'manual',
      })
      const back = new URL(String(paid.headers.get('location')))
      await browser.get(back.pathname + back.search).expect(303)
      await sandbox.settled()
      return { browser, token, ...(await boughtIn(body.attempt)) }
    },
    async close() {
      await service.stop()
      await sandbox.close()
      await Promise.all([api.close(), pages.close()])
    },
  }

  async function boughtIn(attempt: string) {
    const { data } = await stripe.subscriptions.list({ limit: 100 })
    const subscription = data.find(({ metadata }) => metadata.newsrack_attempt === attempt)
    assert.ok(subscription?.trial_end)
    const {
      newsrack_reader: reader = '',
      newsrack_offer: offer = '',
      newsrack_plan: plan = '',
    } = subscription.metadata
    return {
      /** As far as Stripe is told of it. */
      attempt: anAttempt({ id: attempt, reader, offer, plan, planName: 'Unlimited Digital Access' }),
      subscription: subscription.id,
      customer: String(subscription.customer),
      introEndsAtMs: subscription.trial_end * 1000,
    }
  }
}

export type Shop = Awaited<ReturnType<typeof openShop>>
export type Subscriber = Awaited<ReturnType<Shop['subscriber']>>

/** An article that only subscribers may open. */
export const forSubscribers = { article: { id: 'one more', class: 'premium' } }

const card = {
  email: 'reader@example.com',
  number: '4242 4242 4242 4242',
  expiry: '12 / 34',
  cvc: '123',
  name: 'R. Eader',
}

async function listen(handler: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer(handler)
  await once(server.listen(0, '127.0.0.1').unref(), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server without a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
