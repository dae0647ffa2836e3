import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import request from 'supertest'
import { type Browser, payWithCard, pressBuy, stopWallOf } from '../support/buying.ts'
import { type Service, startService } from '../support/service.ts'
import { openStripeAccount, type StripeAccount } from '../support/stripe-account.ts'

const day = 86_400_000
let account: StripeAccount
let service: Service

beforeEach(async () => {
  account = await openStripeAccount({ now: () => Date.UTC(2026, 10, 24, 12) })
  service = await startService({ environment: account.environment, now: account.sandbox.clock.now })
  account.notify(service.url)
})
afterEach(async () => {
  await service.stop()
  await account.close()
})

/** A reader who has bought the sale; `comesBack` says whether their browser ever returned from paying. */
async function subscriber({ comesBack = true } = {}): Promise<Browser> {
  const wall = await stopWallOf(service)
  const { url } = await pressBuy(wall)
  const back = new URL(await payWithCard(url))
  if (comesBack) await wall.browser.get(`${back.pathname}${back.search}`).expect(303)
  await account.sandbox.settled()
  return wall.browser
}

async function reasonFor(browser: Browser): Promise<string> {
  const { body } = await browser.post('/v1/access').send({ article: { id: 'one article more' } })
  return body.reason
}

async function onlySubscription() {
  const { data } = await account.stripe.subscriptions.list({ status: 'all' })
  assert.equal(data.length, 1)
  const [subscription] = data
  assert.ok(subscription)
  return subscription
}

async function send(event: object): Promise<number> {
  const { payload, headers } = account.signed(event)
  const { status } = await request(service.url).post('/v1/webhooks/stripe').set(headers).send(payload)
  return status
}

describe('a purchase', () => {
  it('gives access when the reader comes back, and says what is charged next', async () => {
    const browser = await subscriber()
    assert.equal(await reasonFor(browser), 'subscriber')
    const { body } = await browser.get('/v1/reader').expect(200)
    assert.equal(body.subscription.offer, '25c-for-5-months')
    assert.deepEqual(body.subscription.nextCharge, {
      amount: 2024,
      currency: 'USD',
      at: '2027-04-24T07:00:00-04:00',
    })
  })

  it('gives access to a reader who closed the window after paying', async () => {
    assert.equal(await reasonFor(await subscriber({ comesBack: false })), 'subscriber')
  })

  it('is asked of Stripe as it was shown: nothing today, and 25¢ waiting for the first regular bill', async () => {
    await subscriber()
    const subscription = await onlySubscription()
    assert.equal(subscription.status, 'trialing')
    assert.equal(subscription.trial_end, Date.UTC(2027, 3, 24, 11) / 1000)
    const { data: waiting } = await account.stripe.invoiceItems.list({ pending: true })
    assert.deepEqual(
      waiting.map(({ amount, currency }) => [amount, currency]),
      [[25, 'usd']],
    )
    assert.deepEqual(
      (await account.stripe.invoices.list()).data.map(({ amount_due }) => amount_due),
      [0],
    )
  })

  it('is billed once, 19.99 and the 25¢, when the five months are over, and the reader reads on', async () => {
    const browser = await subscriber()
    await account.sandbox.clock.advance(Date.UTC(2027, 3, 24, 13) - account.sandbox.clock.now())
    await account.sandbox.settled()
    const { data: invoices } = await account.stripe.invoices.list()
    assert.deepEqual(
      invoices.map(({ amount_due }) => amount_due),
      [2024, 0],
    )
    assert.equal(await reasonFor(browser), 'subscriber')
    const { body } = await browser.get('/v1/reader')
    assert.equal(body.subscription.nextCharge.amount, 1999)
  })

  it('makes one price in Stripe, however many buy', async () => {
    await subscriber()
    await subscriber()
    assert.equal((await account.stripe.prices.list()).data.length, 1)
  })

  it('cannot be made twice by one reader', async () => {
    const browser = await subscriber()
    const wall = await stopWallOf(service)
    const { body } = await browser
      .post('/v1/checkout')
      .send({ offer: wall.offer.id, termsHash: wall.offer.termsHash, consent: true })
      .expect(409)
    assert.equal(body.code, 'already_subscribed')
  })

  it('keeps the reader’s consent: the exact words, and when', async () => {
    const wall = await stopWallOf(service)
    const { url } = await pressBuy(wall)
    const session = await account.stripe.checkout.sessions.retrieve(url.split('/').at(-1) ?? '')
    assert.equal(session.custom_text.submit?.message, wall.offer.terms)
  })
})

describe('webhooks', () => {
  it('change nothing when they come twice', async () => {
    const browser = await subscriber()
    const { data: events } = await account.stripe.events.list({ limit: 100 })
    assert.ok(events.length >= 3)
    for (const event of [...events, ...events]) assert.equal(await send(event), 200)
    assert.equal(await reasonFor(browser), 'subscriber')
    assert.equal((await account.stripe.invoiceItems.list({ pending: true })).data.length, 1)
  })

  it('change nothing when they come late: what Stripe holds now decides', async () => {
    const browser = await subscriber()
    const { data: events } = await account.stripe.events.list({ limit: 100 })
    await account.stripe.subscriptions.cancel((await onlySubscription()).id)
    await account.sandbox.settled()
    assert.equal(await reasonFor(browser), 'meter_stop')
    for (const event of events.toReversed()) assert.equal(await send(event), 200)
    assert.equal(await reasonFor(browser), 'meter_stop')
  })

  it('take the waiting 25¢ away when the reader leaves before the first bill', async () => {
    await subscriber()
    await account.stripe.subscriptions.update((await onlySubscription()).id, { cancel_at_period_end: true })
    await account.sandbox.settled()
    assert.equal((await account.stripe.invoiceItems.list({ pending: true })).data.length, 0)
    const halfYear = 180 * day
    await account.sandbox.clock.advance(halfYear)
    assert.deepEqual(
      (await account.stripe.invoices.list()).data.map(({ amount_due }) => amount_due),
      [0],
    )
  })

  it('bring the 25¢ back, once, when the reader stays after all', async () => {
    await subscriber()
    const { id } = await onlySubscription()
    for (const cancel_at_period_end of [true, false, true, false]) {
      await account.stripe.subscriptions.update(id, { cancel_at_period_end })
      await account.sandbox.settled()
    }
    assert.deepEqual(
      (await account.stripe.invoiceItems.list({ pending: true })).data.map(({ amount }) => amount),
      [25],
    )
  })

  it('leave alone what others sell on the same account', async () => {
    const foreign = { id: 'evt_x', object: 'event', type: 'customer.subscription.updated', livemode: false }
    assert.equal(
      await send({ ...foreign, data: { object: { id: 'sub_of_another_shop', object: 'subscription' } } }),
      200,
    )
  })

  it('of the live mode mean nothing to a service with a test key', async () => {
    await subscriber()
    const { id } = await onlySubscription()
    await account.goAway()
    const event = { id: 'evt_x', object: 'event', type: 'customer.subscription.deleted', livemode: true }
    assert.equal(await send({ ...event, data: { object: { id, object: 'subscription' } } }), 200)
  })

  it('are not accepted while Stripe cannot be asked, so that they are sent again', async () => {
    await subscriber()
    const { id } = await onlySubscription()
    await account.goAway()
    const event = { id: 'evt_x', object: 'event', type: 'customer.subscription.updated', livemode: false }
    assert.equal(await send({ ...event, data: { object: { id, object: 'subscription' } } }), 503)
  })
})

describe('without Stripe', () => {
  it('a reader who wants to buy is told so and can try again; who has bought reads on', async () => {
    const browser = await subscriber()
    const wall = await stopWallOf(service)
    await account.goAway()
    const { body } = await wall.browser
      .post('/v1/checkout')
      .send({ offer: wall.offer.id, termsHash: wall.offer.termsHash, consent: true })
      .expect(503)
    assert.equal(body.code, 'payments_unavailable')
    assert.match(body.detail, /Nothing was charged/)
    assert.equal(await reasonFor(browser), 'subscriber')
  })
})
