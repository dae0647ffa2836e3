import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Stripe from 'stripe'
import { type Running, runSandbox } from './sandbox-under-test.ts'

/** A connection that breaks is tried once more by the library, even when it is to try nothing again. */
const triesOfTheLibrary = 2

async function names({ stripe }: Running) {
  return (await stripe.customers.list()).data.map(({ name }) => name)
}

describe('a simulated outage', () => {
  it('answers 500 and does nothing, until it is ended', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    sandbox.outages.begin({ kind: 'error' })
    await assert.rejects(stripe.customers.create({ name: 'Ada' }), (error) => {
      assert.ok(error instanceof Stripe.errors.StripeAPIError)
      assert.equal(error.statusCode, 500)
      return true
    })
    await assert.rejects(stripe.customers.list(), { statusCode: 500 })
    sandbox.outages.end()
    assert.deepEqual(await names(running), [])
  })

  it('can be of one endpoint, for so many requests', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    sandbox.outages.begin({ kind: 'error', on: 'POST /v1/customers', times: 2 })
    const options = { idempotencyKey: 'one' }
    await assert.rejects(stripe.customers.create({ name: 'Ada' }, options), { statusCode: 500 })
    assert.deepEqual(await names(running), [])
    await assert.rejects(stripe.customers.create({ name: 'Ada' }, options), { statusCode: 500 })
    await stripe.customers.create({ name: 'Ada' }, options)
    assert.deepEqual(await names(running), ['Ada'])
  })

  it('can be kept under the idempotency key, as Stripe keeps it', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    sandbox.outages.begin({ kind: 'kept_error', times: 1 })
    const create = (idempotencyKey: string) => stripe.customers.create({ name: 'Ada' }, { idempotencyKey })
    await assert.rejects(create('one'), { statusCode: 500 })
    await assert.rejects(create('one'), { statusCode: 500 })
    assert.deepEqual(await names(running), [])
    await create('two')
    assert.deepEqual(await names(running), ['Ada'])
  })

  it('can break the connection before anything is done', async () => {
    await using running = await runSandbox()
    running.sandbox.outages.begin({ kind: 'gone', times: triesOfTheLibrary })
    await assert.rejects(running.stripe.customers.create({ name: 'Ada' }), (error) => {
      assert.ok(error instanceof Stripe.errors.StripeConnectionError)
      return true
    })
    assert.deepEqual(await names(running), [])
  })

  it('can lose the answer to what was done, which a repetition under the same key then gets', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    sandbox.outages.begin({ kind: 'lost', times: triesOfTheLibrary })
    const options = { idempotencyKey: 'one' }
    await assert.rejects(
      stripe.customers.create({ name: 'Ada' }, options),
      Stripe.errors.StripeConnectionError,
    )
    await stripe.customers.create({ name: 'Ada' }, options)
    assert.deepEqual(await names(running), ['Ada'])
  })

  it('can make Stripe slow: who gives up waiting has the work done all the same', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    sandbox.outages.begin({ kind: 'slow', delayMs: 300, on: 'POST /v1/customers', times: 1 })
    const told = running.untilAttempt()
    const impatient = stripe.customers.create({ name: 'Ada' }, { timeout: 50 })
    await assert.rejects(impatient, Stripe.errors.StripeConnectionError)
    await told
    assert.deepEqual(await names(running), ['Ada'])
  })

  it('does not keep the sandbox from closing', async () => {
    const running = await runSandbox()
    running.sandbox.outages.begin({ kind: 'slow', delayMs: 600_000 })
    const answer = running.stripe.customers.list()
    const failed = assert.rejects(answer, Stripe.errors.StripeConnectionError)
    await running[Symbol.asyncDispose]()
    await failed
  })
})
