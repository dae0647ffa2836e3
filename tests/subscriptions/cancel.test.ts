import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import request from 'supertest'
import { createStripePayments } from '../../src/subscriptions/payments.stripe.ts'
import { isoWithOffset } from '../../src/time.ts'
import type { Browser } from '../support/buying.ts'
import { siteKey } from '../support/service.ts'
import { dayMs, forSubscribers, openShop, type Shop, type Subscriber } from './shop.ts'

let shop: Shop
let reader: Subscriber
before(async () => {
  shop = await openShop()
})
after(() => shop.close())
beforeEach(async () => {
  reader = await shop.subscriber()
})

const cancel = (browser: Browser) => browser.post('/v1/subscription/cancel')
const resume = (browser: Browser) => browser.post('/v1/subscription/resume')

/** Why an article for subscribers is open to the reader, or not. */
async function reason(browser: Browser): Promise<unknown> {
  const { body } = await browser.post('/v1/access').send(forSubscribers)
  return body.reason
}

/** The introductory amounts that wait for the first regular bill, in minor units. */
async function waiting({ customer }: Subscriber): Promise<number[]> {
  await shop.settled()
  const { data } = await shop.stripe.invoiceItems.list({ customer, pending: true })
  return data.map(({ amount }) => amount)
}

/** What was charged, in minor units. */
async function charged({ subscription }: Subscriber): Promise<number[]> {
  const { data } = await shop.stripe.invoices.list({ subscription })
  return data.map(({ amount_paid }) => amount_paid).filter((amount) => amount > 0)
}

describe('a reader who cancels during the introductory period', () => {
  it('is told when it ends, in the same words as elsewhere', async () => {
    const { body } = await cancel(reader.browser).expect(200)
    assert.deepEqual(body.subscription, {
      plan: 'unlimited-digital',
      offer: '25c-for-5-months',
      standing: 'subscriber',
      endsAt: isoWithOffset(reader.introEndsAtMs, 'America/New_York'),
      nextCharge: null,
    })
    const me = await reader.browser.get('/v1/reader').expect(200)
    assert.deepEqual(me.body.subscription, body.subscription)
  })

  it('owes nothing any more: the 25¢ that waited for the first bill are gone', async () => {
    assert.deepEqual(await waiting(reader), [25])
    await cancel(reader.browser).expect(200)
    assert.deepEqual(await waiting(reader), [])
  })

  it('finds it the same when cancelling twice', async () => {
    const first = await cancel(reader.browser).expect(200)
    const second = await cancel(reader.browser).expect(200)
    assert.deepEqual(second.body, first.body)
    assert.deepEqual(await waiting(reader), [])
  })

  it('finds it the same when a double click cancels twice at once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => cancel(reader.browser)))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    )
    assert.deepEqual(await waiting(reader), [])
  })
})

describe('a reader who comes back', () => {
  it('owes the 25¢ exactly once, as if they had never left', async () => {
    const before = await reader.browser.get('/v1/reader')
    await cancel(reader.browser).expect(200)
    const { body } = await resume(reader.browser).expect(200)
    assert.deepEqual(body.subscription, before.body.subscription)
    assert.equal(body.subscription.nextCharge.amount, 1999 + 25)
    assert.deepEqual(await waiting(reader), [25])
  })

  it('finds it the same when resuming twice, or without having cancelled', async () => {
    const first = await resume(reader.browser).expect(200)
    const second = await resume(reader.browser).expect(200)
    assert.deepEqual(second.body, first.body)
    assert.deepEqual(await waiting(reader), [25])
  })

  it('may leave and come back as often as they like within a day', async () => {
    for (const _ of [1, 2, 3]) {
      const left = await cancel(reader.browser).expect(200)
      assert.ok(left.body.subscription.endsAt)
      assert.deepEqual(await waiting(reader), [])
      const back = await resume(reader.browser).expect(200)
      assert.equal(back.body.subscription.endsAt, null)
      assert.deepEqual(await waiting(reader), [25])
    }
  })

  it('may do so without waiting for Stripe’s webhooks', async () => {
    for (const act of [cancel, resume, cancel, resume]) await act(reader.browser).expect(200)
    assert.deepEqual(await waiting(reader), [25])
    await cancel(reader.browser).expect(200)
    assert.deepEqual(await waiting(reader), [])
  })

  it('also undoes what they cancelled in Stripe’s own portal', async () => {
    await shop.stripe.subscriptions.update(reader.subscription, { cancel_at: reader.introEndsAtMs / 1000 })
    await shop.settled()
    assert.deepEqual(await waiting(reader), [])
    const { body } = await resume(reader.browser).expect(200)
    assert.equal(body.subscription.endsAt, null)
    assert.deepEqual(await waiting(reader), [25])
  })
})

describe('what Stripe holds of the waiting charge', () => {
  const payments = () =>
    createStripePayments({
      secretKey: 'sk_test_shop',
      webhookSecret: 'whsec_shop',
      apiBase: new URL(shop.apiUrl),
      serviceUrl: new URL(shop.url),
    })

  it('fits the subscription of now, also after somebody settled it by what they knew before', async () => {
    const { attempt } = reader
    const running = await payments().subscription(reader.subscription)
    await cancel(reader.browser).expect(200)
    const ending = await payments().subscription(reader.subscription)
    assert.ok(running && ending)
    await payments().settleIntroCharge(running, attempt)
    assert.deepEqual(await waiting(reader), [])
    await resume(reader.browser).expect(200)
    await payments().settleIntroCharge(ending, attempt)
    assert.deepEqual(await waiting(reader), [25])
  })

  it('is taken away and put back once, however many settle it at once', async () => {
    const { attempt } = reader
    shop.hearing.webhooks = false
    for (const [change, items] of [
      [payments().setToEnd, []],
      [payments().keep, [25]],
    ] as const) {
      await change(reader.subscription)
      const subscription = await payments().subscription(reader.subscription)
      assert.ok(subscription)
      await Promise.all([1, 2, 3].map(() => payments().settleIntroCharge(subscription, attempt)))
      assert.deepEqual(await waiting(reader), items)
    }
    shop.hearing.webhooks = true
  })
})

describe('who may change a subscription', () => {
  it('nobody without one', async () => {
    for (const act of [cancel, resume]) {
      const { body } = await act(request.agent(shop.url)).expect(409)
      assert.equal(body.code, 'not_subscribed')
    }
  })

  it('no page of another origin', async () => {
    for (const act of [cancel, resume]) {
      const { body } = await act(reader.browser).set('Origin', 'https://evil.example').expect(403)
      assert.equal(body.code, 'origin_not_allowed')
    }
    assert.deepEqual(await waiting(reader), [25])
  })

  it('no publisher’s server', async () => {
    const { body } = await cancel(reader.browser).set('Authorization', `Bearer ${siteKey}`).expect(401)
    assert.equal(body.code, 'unauthorized')
  })

  it('its reader only, and no other reader’s with it', async () => {
    const other = await shop.subscriber()
    await cancel(reader.browser).expect(200)
    const { body } = await other.browser.get('/v1/reader')
    assert.equal(body.subscription.endsAt, null)
    assert.deepEqual(await waiting(other), [25])
  })
})

describe('while Stripe does not answer', () => {
  it('nothing changes and the reader is asked to try again', async () => {
    const { body: before } = await reader.browser.get('/v1/reader')
    shop.hearing.payments = false
    for (const act of [cancel, resume]) {
      const { body } = await act(reader.browser).expect(503)
      assert.equal(body.code, 'payments_unavailable')
    }
    shop.hearing.payments = true
    const { body: later } = await reader.browser.get('/v1/reader')
    assert.deepEqual(later.subscription, before.subscription)
    await cancel(reader.browser).expect(200)
  })
})

describe('a subscription that is over', () => {
  it('cannot be cancelled or resumed, even if nobody has told us yet that it ended', async () => {
    shop.hearing.webhooks = false
    await shop.stripe.subscriptions.cancel(reader.subscription)
    await shop.settled()
    assert.equal(await reason(reader.browser), 'subscriber')
    for (const act of [cancel, resume]) {
      const { body } = await act(reader.browser).expect(409)
      assert.equal(body.code, 'not_subscribed')
    }
    assert.equal(await reason(reader.browser), 'subscription_required')
    shop.hearing.webhooks = true
  })
})

describe('as time goes by', () => {
  it('who cancelled reads until the introductory period ends, then no more, and is never charged', async () => {
    const stayed = await shop.subscriber()
    await cancel(reader.browser).expect(200)
    await shop.waitUntil(reader.introEndsAtMs - 1000)
    assert.equal(await reason(reader.browser), 'subscriber')
    await shop.waitUntil(reader.introEndsAtMs + dayMs)
    assert.equal(await reason(reader.browser), 'subscription_required')
    assert.deepEqual(await charged(reader), [])
    const { body } = await resume(reader.browser).expect(409)
    assert.equal(body.code, 'not_subscribed')

    assert.deepEqual(await charged(stayed), [1999 + 25])
    const { status, periodEnd } = await subscriptionOf(stayed)
    assert.equal(status, 'active')
    const left = await cancel(stayed.browser).expect(200)
    assert.equal(left.body.subscription.endsAt, isoWithOffset(periodEnd, 'America/New_York'))
    await shop.waitUntil(periodEnd + dayMs)
    assert.deepEqual(await charged(stayed), [1999 + 25])
    await resume(stayed.browser).expect(409)
  })

  async function subscriptionOf({ subscription }: Subscriber) {
    const { status, items } = await shop.stripe.subscriptions.retrieve(subscription)
    return { status, periodEnd: (items.data[0]?.current_period_end ?? 0) * 1000 }
  }
})
