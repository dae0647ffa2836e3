import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buy, createPlan } from './buying.ts'
import { dayMs, type Running, runSandbox, startMs } from './sandbox-under-test.ts'

const minuteMs = 60_000

/** Chance that is the same in every run. */
function chance(): () => number {
  let state = 7
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

async function eventIds({ stripe }: Running): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 })
  return events.data.map(({ id }) => id).reverse()
}

describe('the delivery of events', () => {
  it('can be late', async () => {
    await using running = await runSandbox({ deliveries: { lateMs: 10 * minuteMs } })
    await running.stripe.customers.create({ name: 'Ada' })
    await running.sandbox.clock.advance(9 * minuteMs)
    assert.deepEqual(running.types(), [])
    assert.equal((await running.stripe.events.list({ delivery_success: false })).data.length, 1)
    await running.sandbox.clock.advance(minuteMs)
    assert.deepEqual(running.types(), ['customer.created'])
    assert.equal(running.arrivals[0]?.event.created, startMs / 1000)
  })

  it('can be made twice', async () => {
    await using running = await runSandbox({ deliveries: { twice: true } })
    await buy(running, (await createPlan(running)).id)
    await running.sandbox.settled()
    const arrived = running.arrivals.map(({ event }) => event.id)
    const once = await eventIds(running)
    assert.deepEqual(arrived.toSorted(), [...once, ...once].toSorted())
    assert.equal((await running.stripe.events.list({ delivery_success: false })).data.length, 0)
  })

  it('can be in any order, and all of it arrives', async () => {
    await using running = await runSandbox({
      deliveries: { spreadMs: minuteMs, twice: true },
      random: chance(),
    })
    await buy(running, (await createPlan(running)).id)
    await running.sandbox.clock.advance(minuteMs)
    const arrived = running.arrivals.map(({ event }) => event.id)
    const happened = await eventIds(running)
    const first = [...new Set(arrived)]
    assert.notDeepEqual(first, happened)
    assert.deepEqual(first.toSorted(), happened.toSorted())
    assert.equal(arrived.length, 2 * happened.length)
  })

  it('can fail for good for some types, which are then listed as undelivered', async () => {
    await using running = await runSandbox({ deliveries: { dropped: ['invoice.*'] } })
    const { stripe, sandbox } = running
    await buy(running, (await createPlan(running)).id)
    await sandbox.clock.advance(5 * dayMs)
    assert.ok(running.types().includes('checkout.session.completed'))
    assert.ok(running.types().every((type) => !type.startsWith('invoice.')))
    const missed = await stripe.events.list({ delivery_success: false })
    assert.deepEqual(
      missed.data.map(({ type }) => type),
      ['invoice.payment_succeeded', 'invoice.paid', 'invoice.finalized', 'invoice.created'],
    )
    assert.ok(missed.data.every((event) => event.pending_webhooks === 1))
  })

  it('can be changed while the sandbox runs', async () => {
    await using running = await runSandbox()
    running.sandbox.deliver({ dropped: ['*'] })
    await running.stripe.customers.create({ name: 'Ada' })
    running.sandbox.deliver({})
    await running.stripe.customers.create({ name: 'Bea' })
    await running.sandbox.settled()
    assert.equal(running.arrivals.length, 1)
  })
})

describe('the list of events', () => {
  it('gives what was not delivered since an instant, page by page', async () => {
    await using running = await runSandbox({ deliveries: { dropped: ['customer.*'] } })
    const { stripe, sandbox } = running
    await stripe.customers.create({ name: 'before' })
    await sandbox.clock.advance(minuteMs)
    const since = startMs / 1000 + 60
    for (const name of ['a', 'b', 'c', 'd', 'e']) await stripe.customers.create({ name })
    await stripe.products.create({ name: 'delivered' })
    await sandbox.settled()
    const params = { delivery_success: false, created: { gte: since }, types: ['customer.created'], limit: 2 }
    const first = await stripe.events.list(params)
    assert.equal(first.data.length, 2)
    assert.equal(first.has_more, true)
    const all = await stripe.events.list(params).autoPagingToArray({ limit: 100 })
    assert.equal(all.length, 5)
  })

  it('reaches 30 days back', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    await stripe.customers.create({ name: 'Ada' })
    await sandbox.clock.advance(29 * dayMs)
    assert.equal((await stripe.events.list()).data.length, 1)
    await sandbox.clock.advance(dayMs)
    assert.equal((await stripe.events.list()).data.length, 0)
  })
})
