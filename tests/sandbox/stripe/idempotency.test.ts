import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Stripe from 'stripe'
import { createPlan, trialEnd } from './buying.ts'
import { runSandbox } from './sandbox-under-test.ts'
import { send } from './send-form.ts'

describe('an idempotency key', () => {
  it('makes a repeated request happen once and be answered the same', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const options = { idempotencyKey: 'attempt-1' }
    const params: Stripe.Checkout.SessionCreateParams = {
      mode: 'subscription',
      success_url: 'http://x.test/',
      line_items: [{ price: price.id, quantity: 1 }],
      subscription_data: { trial_end: trialEnd },
    }
    const first = await stripe.checkout.sessions.create(params, options)
    const second = await stripe.checkout.sessions.create(params, options)
    assert.equal(second.id, first.id)
    assert.equal(second.lastResponse.headers['idempotent-replayed'], 'true')
    assert.equal((await stripe.checkout.sessions.list()).data.length, 1)
  })

  it('is refused for another request', async () => {
    await using running = await runSandbox()
    const options = { idempotencyKey: 'one' }
    await running.stripe.customers.create({ name: 'Ada' }, options)
    await assert.rejects(running.stripe.customers.create({ name: 'Bea' }, options), (error) => {
      assert.ok(error instanceof Stripe.errors.StripeIdempotencyError)
      assert.equal(error.statusCode, 400)
      return true
    })
  })

  it('is forgotten after 24 hours', async () => {
    await using running = await runSandbox()
    const options = { idempotencyKey: 'one' }
    await running.stripe.customers.create({ name: 'Ada' }, options)
    await running.sandbox.clock.advance(24 * 3600 * 1000)
    assert.equal((await running.stripe.customers.create({ name: 'Bea' }, options)).name, 'Bea')
  })

  it('replays a failure of the server too, long after it is mended', async () => {
    let broken = true
    const pagesUrl = () => {
      if (broken) throw new Error('no address yet')
      return 'http://x.test'
    }
    await using running = await runSandbox({ pagesUrl })
    const price = await createPlan(running)
    const form = `mode=subscription&success_url=http://x.test/&line_items[0][price]=${price.id}&line_items[0][quantity]=1`
    const key = { 'idempotency-key': 'attempt-1' }
    const failed = await send(running, 'POST /v1/checkout/sessions', form, key)
    broken = false
    const replayed = await send(running, 'POST /v1/checkout/sessions', form, key)
    assert.equal(failed.status, 500)
    assert.equal(failed.error?.type, 'api_error')
    assert.equal(replayed.status, 500)
    assert.deepEqual(replayed.body, failed.body)
    const anew = await send(running, 'POST /v1/checkout/sessions', form, { 'idempotency-key': 'attempt-2' })
    assert.equal(anew.status, 200)
  })

  it('is free again after a request that was not well-formed', async () => {
    await using running = await runSandbox()
    const key = { 'idempotency-key': 'one' }
    assert.equal((await send(running, 'POST /v1/customers', 'colour=red', key)).status, 400)
    assert.equal((await send(running, 'POST /v1/customers', 'name=Ada', key)).status, 200)
  })
})
