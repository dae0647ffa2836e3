import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Stripe from 'stripe'
import { createPlan, openSession, pay } from './buying.ts'
import { dayMs, runSandbox, webhookSecret } from './sandbox-under-test.ts'

describe('a webhook', () => {
  it('is signed so that Stripe’s own library accepts it, and only with the right secret', async () => {
    await using running = await runSandbox()
    await createPlan(running)
    await running.sandbox.settled()
    const { body, signature, event } = running.arrivals[0] ?? assert.fail('Nothing arrived')
    assert.deepEqual(Stripe.webhooks.constructEvent(body, signature, webhookSecret), event)
    assert.throws(() => Stripe.webhooks.constructEvent(body, signature, 'whsec_other'), /signature/)
    assert.throws(() => Stripe.webhooks.constructEvent(`${body} `, signature, webhookSecret), /signature/)
    assert.equal(event.object, 'event')
    assert.equal(event.api_version, Stripe.API_VERSION)
    assert.equal(event.livemode, false)
  })

  it('names the request that caused it', async () => {
    await using running = await runSandbox()
    const options = { idempotencyKey: 'attempt-1' }
    const customer = await running.stripe.customers.create({ name: 'Ada' }, options)
    await running.sandbox.settled()
    const request = running.arrivals[0]?.event.request
    assert.deepEqual(request, { id: customer.lastResponse.requestId, idempotency_key: 'attempt-1' })
  })

  it('that is not taken is sent again, less and less often, until it is', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox, webhook } = running
    webhook.status = 500
    await stripe.customers.create({ name: 'Ada' })
    await sandbox.settled()
    assert.equal(webhook.attempts, 1)
    const failed = await stripe.events.list({ delivery_success: false })
    assert.equal(failed.data[0]?.type, 'customer.created')
    assert.equal(failed.data[0]?.pending_webhooks, 1)
    await sandbox.clock.advance(4_000)
    assert.equal(webhook.attempts, 1)
    await sandbox.clock.advance(1_000)
    assert.equal(webhook.attempts, 2)
    await sandbox.clock.advance(29_000)
    assert.equal(webhook.attempts, 2)
    webhook.status = 200
    await sandbox.clock.advance(1_000)
    assert.equal(webhook.attempts, 3)
    assert.deepEqual(running.types(), ['customer.created'])
    assert.equal((await stripe.events.list({ delivery_success: false })).data.length, 0)
    const [event] = (await stripe.events.list({ delivery_success: true, type: 'customer.created' })).data
    assert.equal(event?.pending_webhooks, 0)
    await sandbox.clock.advance(dayMs)
    assert.equal(webhook.attempts, 3)
  })

  it('that nobody takes for three days is given up and stays listed as undelivered', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox, webhook } = running
    webhook.status = 503
    await stripe.customers.create({ name: 'Ada' })
    await sandbox.clock.advance(3 * dayMs)
    const attempts = webhook.attempts
    assert.ok(attempts > 5)
    webhook.status = 200
    await sandbox.clock.advance(7 * dayMs)
    assert.equal(webhook.attempts, attempts)
    assert.equal((await stripe.events.list({ delivery_success: false })).data.length, 1)
  })

  it('is not waited for by the page that leads the reader back', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    await running.sandbox.settled()
    const session = await openSession(running, price.id)
    running.arrivals.length = 0
    const { promise, resolve } = Promise.withResolvers<void>()
    running.webhook.ready = promise
    assert.equal((await pay(session)).status, 303)
    assert.equal((await running.stripe.checkout.sessions.retrieve(session.id)).status, 'complete')
    assert.deepEqual(running.types(), [])
    resolve()
    await running.sandbox.settled()
    assert.ok(running.types().includes('checkout.session.completed'))
  })

  it('that is never answered does not keep the sandbox from closing', async () => {
    const running = await runSandbox()
    const arrived = running.untilAttempt()
    running.webhook.ready = new Promise(() => {})
    await running.stripe.customers.create({ name: 'Ada' })
    await arrived
    await running[Symbol.asyncDispose]()
    assert.deepEqual(running.types(), [])
  })

  it('can be looked up later by its type', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    await pay(await openSession(running, price.id))
    const invoices = await stripe.events.list({ type: 'invoice.*' })
    assert.deepEqual(
      invoices.data.map(({ type }) => type),
      ['invoice.payment_succeeded', 'invoice.paid', 'invoice.finalized', 'invoice.created'],
    )
    const two = await stripe.events.list({ types: ['price.created', 'product.created'] })
    assert.deepEqual(
      two.data.map(({ type }) => type),
      ['price.created', 'product.created'],
    )
    const [event] = two.data
    assert.equal((await stripe.events.retrieve(event?.id ?? '')).id, event?.id)
  })
})
