import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PaymentsUnavailable } from '../../src/subscriptions/payments.ts'
import { openPayments, type Paying, usd } from './paying.ts'

const deferred = {
  kind: 'trial',
  collected: 'with_first_bill',
  price: usd(25),
  endsAtMs: Date.UTC(2027, 3, 24, 12),
} as const

async function pages({ stripe }: Paying): Promise<number> {
  return (await stripe.checkout.sessions.list({ limit: 100 })).data.length
}

describe('while Stripe is away', () => {
  for (const kind of ['error', 'gone'] as const) {
    it(`(${kind}) everything that needs it says so, in the same words`, async () => {
      await using shop = await openPayments()
      const { payments, sandbox } = shop
      const attempt = shop.attempt({ intro: deferred })
      const subscription = await shop.buy(attempt)
      const { id, customer } = subscription
      const portal = { returnTo: new URL('http://localhost:3000/account'), language: 'en' }
      const questions: { [method: string]: () => Promise<unknown> } = {
        customerOf: () => payments.customerOf('demo:other'),
        openCheckout: () => payments.openCheckout(shop.attempt(), customer),
        closeCheckout: () => payments.closeCheckout('cs_test_a'),
        checkout: () => payments.checkout('cs_test_a'),
        subscription: () => payments.subscription(id),
        runningSubscriptions: () => payments.runningSubscriptions(customer),
        about: () => payments.about('pi_a'),
        setToEnd: () => payments.setToEnd(id),
        keep: () => payments.keep(id),
        winBack: () => payments.winBack(id, shop.attempt()),
        endNow: () => payments.endNow(id, 'all'),
        giveBackGift: () => payments.giveBackGift('cs_test_a'),
        settleIntroCharge: () => payments.settleIntroCharge(subscription, attempt),
        portal: () => payments.portal(customer, portal),
        invoices: () => payments.invoices(id),
        email: () => payments.email(customer),
        forget: () => payments.forget(customer),
        undelivered: async () => {
          for await (const event of payments.undelivered(0)) assert.fail(event.id)
        },
      }
      const { readEvent: _, ...asked } = payments
      assert.deepEqual(Object.keys(questions).sort(), Object.keys(asked).sort())
      sandbox.outages.begin({ kind })
      const asking = Object.values(questions).map((question) =>
        assert.rejects(question(), PaymentsUnavailable),
      )
      await Promise.all(asking)
      sandbox.outages.end()
      assert.equal((await shop.now(id)).endsAtMs, null)
      assert.equal(await pages(shop), 1)
    })
  }
})

describe('when Stripe did what it was asked and its answer was lost', () => {
  it('the reader who tries again pays on the one page there is', async () => {
    await using shop = await openPayments()
    const { payments, sandbox } = shop
    const attempt = shop.attempt()
    const customer = await payments.customerOf(attempt.reader)
    sandbox.outages.begin({ kind: 'lost', on: 'POST /v1/checkout/sessions', times: 2 })
    await assert.rejects(payments.openCheckout(attempt, customer), PaymentsUnavailable)
    await payments.openCheckout(attempt, customer)
    assert.equal(await pages(shop), 1)
  })

  it('the introductory amount is on the first bill once', async () => {
    await using shop = await openPayments()
    const { payments, sandbox } = shop
    const attempt = shop.attempt({ intro: deferred })
    sandbox.outages.begin({ kind: 'lost', on: 'POST /v1/invoiceitems', times: 2 })
    await assert.rejects(shop.buy(attempt), PaymentsUnavailable)
    const [bought] = await payments.runningSubscriptions(await payments.customerOf(attempt.reader))
    assert.ok(bought)
    assert.equal(await payments.settleIntroCharge(bought, attempt), false)
    await shop.waitUntil(deferred.endsAtMs)
    assert.deepEqual(await shop.collected(bought.id), [2025])
  })

  it('a refund is given once', async () => {
    await using shop = await openPayments()
    const { payments, sandbox, stripe } = shop
    const { id } = await shop.buy(shop.attempt())
    sandbox.outages.begin({ kind: 'lost', on: 'DELETE /v1/subscriptions/:id', times: 2 })
    await assert.rejects(payments.endNow(id, 'all'), PaymentsUnavailable)
    sandbox.outages.begin({ kind: 'lost', on: 'POST /v1/refunds', times: 2 })
    await assert.rejects(payments.endNow(id, 'all'), PaymentsUnavailable)
    await payments.endNow(id, 'all')
    assert.equal((await stripe.refunds.list()).data.length, 1)
  })
})

describe('an error that Stripe repeats for a day', () => {
  it('holds up neither who buys, nor what they owe, nor what they get back', async () => {
    await using shop = await openPayments()
    const { payments, sandbox, stripe } = shop
    const once = { kind: 'kept_error', times: 1 } as const
    sandbox.outages.begin({ ...once, on: 'POST /v1/customers' })
    sandbox.outages.begin({ ...once, on: 'POST /v1/prices' })
    sandbox.outages.begin({ ...once, on: 'POST /v1/checkout/sessions' })
    sandbox.outages.begin({ ...once, on: 'POST /v1/invoiceitems' })
    const attempt = shop.attempt({ intro: deferred })
    const { id, nextBill } = await shop.buy(attempt)
    assert.deepEqual(nextBill?.amount, usd(2025))
    assert.equal(await pages(shop), 1)
    await shop.waitUntil(deferred.endsAtMs)
    sandbox.outages.begin({ ...once, on: 'POST /v1/refunds' })
    await payments.endNow(id, 'all')
    assert.deepEqual(
      (await stripe.refunds.list()).data.map(({ amount }) => amount),
      [2025],
    )
  })
})

describe('a slow Stripe', () => {
  it('is waited for', async () => {
    await using shop = await openPayments()
    const { id } = await shop.buy(shop.attempt())
    shop.sandbox.outages.begin({ kind: 'slow', delayMs: 300 })
    assert.equal((await shop.now(id)).status, 'active')
  })
})
