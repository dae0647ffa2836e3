import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Stripe from 'stripe'
import { buy, createPlan, openSession, trialEnd } from './buying.ts'
import { dayMs, type Running, runSandbox, startMs } from './sandbox-under-test.ts'

const now = startMs / 1000

async function refusal(running: Running, params: Stripe.Checkout.SessionCreateParams) {
  const price = await createPlan(running)
  try {
    await openSession(running, price.id, params)
  } catch (error) {
    assert.ok(error instanceof Stripe.errors.StripeInvalidRequestError)
    return { code: error.code, param: error.param }
  }
  return assert.fail('The session was not refused')
}

function oneTime(amount: number, currency = 'usd') {
  return { price_data: { currency, unit_amount: amount, product_data: { name: 'Intro' } }, quantity: 1 }
}

function monthly(amount: number, currency = 'usd') {
  const recurring = { interval: 'month' } as const
  return {
    price_data: { currency, unit_amount: amount, recurring, product_data: { name: 'Access' } },
    quantity: 1,
  }
}

describe('a Checkout session', () => {
  it('is refused when what is due today is below the least that can be charged', async () => {
    const trial = { subscription_data: { trial_end: trialEnd } }
    const tooSmall: Stripe.Checkout.SessionCreateParams[] = [
      { line_items: [oneTime(25), monthly(1999)], ...trial },
      { line_items: [oneTime(49), monthly(1999)], ...trial },
      { line_items: [monthly(29, 'gbp')] },
      { line_items: [monthly(17499, 'huf')] },
    ]
    for (const params of tooSmall) {
      await using running = await runSandbox()
      assert.equal((await refusal(running, params)).code, 'amount_too_small')
    }
  })

  it('is opened when nothing or just enough is due today', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const trial = { subscription_data: { trial_end: trialEnd } }
    const free = await openSession(running, price.id, trial)
    assert.equal(free.amount_total, 0)
    const least = await openSession(running, price.id, { line_items: [oneTime(50), monthly(1999)], ...trial })
    assert.equal(least.amount_total, 50)
    const pounds = await openSession(running, price.id, { line_items: [monthly(30, 'gbp')] })
    assert.equal(pounds.amount_total, 30)
  })

  it('is refused when a discount leaves less than the minimum', async () => {
    await using running = await runSandbox()
    await running.stripe.coupons.create({ id: 'most', percent_off: 99, duration: 'once' })
    assert.equal((await refusal(running, { discounts: [{ coupon: 'most' }] })).code, 'amount_too_small')
  })

  it('is refused for a trial that ends within 48 hours', async () => {
    await using running = await runSandbox()
    const soon = { subscription_data: { trial_end: now + 2 * 86400 - 1 } }
    assert.equal((await refusal(running, soon)).param, 'subscription_data[trial_end]')
    const enough = { subscription_data: { trial_end: now + 2 * 86400 } }
    const { id } = await openSession(running, (await running.stripe.prices.list()).data[0]?.id ?? '', enough)
    assert.match(id, /^cs_test_/)
  })

  it('is refused for a time to expire outside half an hour to a day', async () => {
    for (const seconds of [30 * 60 - 1, 24 * 3600 + 1]) {
      await using running = await runSandbox()
      assert.equal((await refusal(running, { expires_at: now + seconds })).param, 'expires_at')
    }
  })

  it('is refused for parameters that exclude each other', async () => {
    const exclusive: Stripe.Checkout.SessionCreateParams[] = [
      { discounts: [{ coupon: 'spring' }], allow_promotion_codes: true },
      { customer: 'cus_1', customer_email: 'reader@example.com' },
      { subscription_data: { trial_end: trialEnd, trial_period_days: 30 } },
    ]
    for (const params of exclusive) {
      await using running = await runSandbox()
      assert.equal((await refusal(running, params)).code, 'parameters_exclusive')
    }
  })

  it('is refused without a recurring price, or with prices of two currencies', async () => {
    for (const line_items of [[oneTime(500)], [oneTime(500, 'eur'), monthly(1999)]]) {
      await using running = await runSandbox()
      assert.equal((await refusal(running, { line_items })).param, 'line_items')
    }
  })

  it('expires by the clock, after a day or when it was told to', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = await createPlan(running)
    const short = await openSession(running, price.id, {
      expires_at: now + 1800,
      metadata: { attempt: 'a1' },
    })
    const long = await openSession(running, price.id)
    await sandbox.clock.advance(1800 * 1000)
    assert.equal((await stripe.checkout.sessions.retrieve(short.id)).status, 'expired')
    assert.equal((await stripe.checkout.sessions.retrieve(long.id)).status, 'open')
    const event = running.arrivals.find((arrival) => arrival.event.type === 'checkout.session.expired')?.event
    assert.ok(event?.type === 'checkout.session.expired')
    assert.deepEqual(event.data.object.metadata, { attempt: 'a1' })
    await sandbox.clock.advance(dayMs)
    assert.equal((await stripe.checkout.sessions.retrieve(long.id)).status, 'expired')
  })

  it('expires as real time passes, seen by whoever looks', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const session = await openSession(running, price.id)
    running.base.now += 2 * dayMs
    assert.equal((await running.stripe.checkout.sessions.retrieve(session.id)).status, 'expired')
    await running.sandbox.settled()
    const event = running.arrivals.find((arrival) => arrival.event.type === 'checkout.session.expired')?.event
    assert.equal(event?.created, session.expires_at)
  })

  it('can be expired while it is open, and not once it is paid', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const open = await openSession(running, price.id)
    assert.equal((await stripe.checkout.sessions.expire(open.id)).status, 'expired')
    const { session } = await buy(running, price.id)
    await assert.rejects(stripe.checkout.sessions.expire(session.id), /status open/)
  })

  it('carries what it was given through to the subscription and back', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const { session, subscription } = await buy(running, price.id, {
      client_reference_id: 'reader-7',
      metadata: { attempt: 'a1' },
      subscription_data: { metadata: { attempt: 'a1' }, trial_period_days: 30 },
    })
    assert.equal(session.client_reference_id, 'reader-7')
    assert.deepEqual(session.metadata, { attempt: 'a1' })
    assert.deepEqual(subscription.metadata, { attempt: 'a1' })
    assert.equal(subscription.trial_end, now + 30 * 86400)
    assert.equal(session.customer_details?.email, 'reader@example.com')
    assert.equal(session.livemode, false)
    const items = await running.stripe.checkout.sessions.listLineItems(session.id)
    assert.equal(items.data[0]?.description, 'Unlimited Digital Access')
  })
})
