import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buy, createPlan, openSession } from './buying.ts'
import { runSandbox } from './sandbox-under-test.ts'

describe('a list', () => {
  it('is given in pages, the newest first', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const made: string[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) made.unshift((await stripe.customers.create({ name })).id)
    const first = await stripe.customers.list({ limit: 2 })
    assert.equal(first.has_more, true)
    assert.deepEqual(
      first.data.map(({ id }) => id),
      made.slice(0, 2),
    )
    const all = await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 })
    assert.deepEqual(
      all.map(({ id }) => id),
      made,
    )
    const back = await stripe.customers.list({ limit: 2, ending_before: made[4] ?? '' })
    assert.deepEqual(
      back.data.map(({ id }) => id),
      made.slice(2, 4),
    )
  })

  it('finds prices by their lookup keys', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const found = await stripe.prices.list({ lookup_keys: ['digital-4-weeks', 'other'], active: true })
    assert.deepEqual(
      found.data.map(({ id }) => id),
      [price.id],
    )
    const next = {
      currency: 'usd',
      unit_amount: 2499,
      product: String(price.product),
      lookup_key: 'digital-4-weeks',
    }
    await assert.rejects(stripe.prices.create(next), /already uses the lookup key/)
    const dearer = await stripe.prices.create({ ...next, transfer_lookup_key: true })
    const after = await stripe.prices.list({ lookup_keys: ['digital-4-weeks'] })
    assert.deepEqual(
      after.data.map(({ id }) => id),
      [dearer.id],
    )
  })

  it('finds the subscriptions of a customer, the ended ones only if asked', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const { subscription, customer } = await buy(running, price.id)
    await buy(running, price.id)
    assert.deepEqual(
      (await stripe.subscriptions.list({ customer })).data.map(({ id }) => id),
      [subscription.id],
    )
    await stripe.subscriptions.cancel(subscription.id)
    assert.equal((await stripe.subscriptions.list({ customer })).data.length, 0)
    assert.equal((await stripe.subscriptions.list({ customer, status: 'all' })).data.length, 1)
    assert.equal((await stripe.subscriptions.list({ customer, status: 'canceled' })).data.length, 1)
  })
})

describe('a customer', () => {
  it('who is deleted loses their subscription and is remembered as deleted', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const { subscription, customer } = await buy(running, price.id)
    assert.deepEqual(await stripe.customers.del(customer).then(({ deleted }) => deleted), true)
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'canceled')
    assert.equal((await stripe.customers.retrieve(customer)).deleted, true)
    await running.sandbox.settled()
    assert.ok(running.types().includes('customer.deleted'))
  })

  it('who was known before the checkout stays the same customer', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const known = await stripe.customers.create({ email: 'known@example.com' })
    const open = await openSession(running, price.id, { customer: known.id })
    const page = await (await fetch(String(open.url))).text()
    assert.match(page, /known@example\.com/)
    assert.doesNotMatch(page, /name="email"/)
    const { customer } = await buy(running, price.id, { customer: known.id })
    assert.equal(customer, known.id)
  })
})
