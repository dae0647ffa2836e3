import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buy, createPlan, trialEnd } from './buying.ts'
import { dayMs, runSandbox, startMs } from './sandbox-under-test.ts'

const fiveMonthsMs = trialEnd * 1000 - startMs

describe('the offer "25¢ for 5 months", put on the first regular bill', () => {
  it('takes nothing on the day, and 25¢ with the regular price when the five months are over', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = await createPlan(running)
    const { session, subscription, customer } = await buy(running, price.id, {
      subscription_data: { trial_end: trialEnd, metadata: { newsrack: 'attempt-1' } },
    })
    assert.equal(session.status, 'complete')
    assert.equal(session.payment_status, 'no_payment_required')
    assert.equal(session.amount_total, 0)
    assert.equal(subscription.status, 'trialing')
    assert.equal(subscription.trial_end, trialEnd)
    assert.deepEqual(subscription.metadata, { newsrack: 'attempt-1' })
    assert.equal(subscription.items.data[0]?.current_period_end, trialEnd)

    const intro = { amount: 25, currency: 'usd', description: '25¢ for your first 5 months' }
    await stripe.invoiceItems.create({ customer, subscription: subscription.id, ...intro })
    await sandbox.clock.advance(fiveMonthsMs + 1000)

    const { data: invoices } = await stripe.invoices.list({ subscription: subscription.id })
    const [first, atPurchase] = invoices
    assert.equal(invoices.length, 2)
    assert.equal(first?.status, 'paid')
    assert.equal(first?.amount_paid, 1999 + 25)
    assert.deepEqual(
      first?.lines.data.map(({ amount, description }) => [amount, description]),
      [
        [1999, '1 × Unlimited Digital Access (at $19.99 / 4 weeks)'],
        [25, '25¢ for your first 5 months'],
      ],
    )
    assert.equal(first?.parent?.subscription_details?.subscription, subscription.id)
    assert.equal(atPurchase?.amount_paid, 0)
    assert.equal((await stripe.invoiceItems.list({ customer, pending: true })).data.length, 0)
    const after = await stripe.subscriptions.retrieve(subscription.id)
    assert.equal(after.status, 'active')
    assert.equal(after.items.data[0]?.current_period_start, trialEnd)
    assert.equal(after.items.data[0]?.current_period_end, trialEnd + (28 * dayMs) / 1000)
  })

  it('charges no 25¢ to a reader who cancels before, once the item is deleted', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = await createPlan(running)
    const { subscription, customer } = await buy(running, price.id, {
      subscription_data: { trial_end: trialEnd },
    })
    const ids = { customer, subscription: subscription.id }
    const item = await stripe.invoiceItems.create({ ...ids, amount: 25, currency: 'usd' })
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    await stripe.invoiceItems.del(item.id)
    await sandbox.clock.advance(fiveMonthsMs + 1000)
    const { data: invoices } = await stripe.invoices.list({ subscription: subscription.id })
    assert.deepEqual(
      invoices.map(({ total }) => total),
      [0],
    )
  })

  it('charges it to a reader who cancels before, if the item is forgotten', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = await createPlan(running)
    const { subscription, customer } = await buy(running, price.id, {
      subscription_data: { trial_end: trialEnd },
    })
    await stripe.invoiceItems.create({ customer, subscription: subscription.id, amount: 75, currency: 'usd' })
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    await sandbox.clock.advance(fiveMonthsMs)
    const { data: invoices } = await stripe.invoices.list({ subscription: subscription.id })
    assert.equal(invoices[0]?.amount_paid, 75)
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'canceled')
  })

  it('tells of each step by webhook, when it happens', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    await running.sandbox.settled()
    running.arrivals.length = 0
    const { subscription } = await buy(running, price.id, { subscription_data: { trial_end: trialEnd } })
    assert.deepEqual(running.types().toSorted(), [
      'checkout.session.completed',
      'customer.created',
      'customer.subscription.created',
      'customer.updated',
      'invoice.created',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
      'payment_method.attached',
    ])
    running.arrivals.length = 0
    await running.sandbox.clock.advance(fiveMonthsMs - 3 * dayMs)
    assert.deepEqual(running.types(), ['customer.subscription.trial_will_end'])
    running.arrivals.length = 0
    await running.sandbox.clock.advance(3 * dayMs)
    const events = running.arrivals.map(({ event }) => event)
    const updated = events.find((event) => event.type === 'customer.subscription.updated')
    assert.equal(updated?.data.object.id, subscription.id)
    assert.equal(updated?.data.object.status, 'active')
    assert.equal(updated?.data.previous_attributes?.status, 'trialing')
    assert.equal(updated?.created, trialEnd)
    assert.ok(running.types().includes('invoice.paid'))
  })
})

describe('the offer "$1 for 3 months"', () => {
  it('takes $1 on the day and the regular price when the three months are over', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = await createPlan(running)
    const endOfIntro = Date.UTC(2027, 1, 24, 12) / 1000
    const intro = { currency: 'usd', unit_amount: 100, product_data: { name: 'First 3 months' } }
    const { session, subscription } = await buy(running, price.id, {
      line_items: [
        { price_data: intro, quantity: 1 },
        { price: price.id, quantity: 1 },
      ],
      subscription_data: { trial_end: endOfIntro },
    })
    assert.equal(session.payment_status, 'paid')
    assert.equal(session.amount_total, 100)
    assert.equal(subscription.items.data.length, 1)
    await sandbox.clock.advance(endOfIntro * 1000 - startMs)
    const { data: invoices } = await stripe.invoices.list({ subscription: subscription.id })
    assert.deepEqual(
      invoices.map(({ amount_paid }) => amount_paid),
      [1999, 100],
    )
    assert.deepEqual(
      invoices[1]?.lines.data.map(({ amount, description }) => [amount, description]),
      [
        [0, 'Trial period for Unlimited Digital Access'],
        [100, 'First 3 months'],
      ],
    )
  })
})
