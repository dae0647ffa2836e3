import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type Stripe from 'stripe'
import { buy, createPlan, trialEnd } from './buying.ts'
import { dayMs, type Running, runSandbox, startMs } from './sandbox-under-test.ts'

async function priceOf({ stripe }: Running, amount: number, recurring: Stripe.PriceCreateParams.Recurring) {
  const made = { currency: 'usd', unit_amount: amount, recurring, product_data: { name: 'Access' } }
  return (await stripe.prices.create(made)).id
}

async function paidInvoices({ stripe }: Running, subscription: string): Promise<number[]> {
  const invoices = await stripe.invoices.list({ subscription, limit: 100 })
  return invoices.data.map(({ amount_paid }) => amount_paid).reverse()
}

function dates(seconds: (number | undefined)[]): string[] {
  return seconds.map((second) => new Date((second ?? 0) * 1000).toISOString().slice(0, 10))
}

describe('a subscription', () => {
  it('renews every 4 weeks at its price', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const { subscription } = await buy(running, price.id)
    assert.equal(subscription.status, 'active')
    await running.sandbox.clock.advance(3 * 28 * dayMs)
    assert.deepEqual(await paidInvoices(running, subscription.id), [1999, 1999, 1999, 1999])
    const invoices = await running.stripe.invoices.list({ subscription: subscription.id })
    assert.deepEqual(dates(invoices.data.map(({ created }) => created)), [
      '2027-02-16',
      '2027-01-19',
      '2026-12-22',
      '2026-11-24',
    ])
    assert.deepEqual(
      invoices.data.map(({ billing_reason }) => billing_reason),
      ['subscription_cycle', 'subscription_cycle', 'subscription_cycle', 'subscription_create'],
    )
  })

  it('of the 31st renews on the last day of shorter months and on the 31st again after', async () => {
    await using running = await runSandbox()
    running.base.now = Date.UTC(2026, 11, 31, 12)
    const { subscription } = await buy(running, await priceOf(running, 1999, { interval: 'month' }))
    await running.sandbox.clock.advance(120 * dayMs)
    const invoices = await running.stripe.invoices.list({ subscription: subscription.id })
    assert.deepEqual(dates(invoices.data.map(({ created }) => created)).reverse(), [
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ])
  })

  it('renews after a year', async () => {
    await using running = await runSandbox()
    const { subscription } = await buy(running, await priceOf(running, 9900, { interval: 'year' }))
    await running.sandbox.clock.advance(366 * dayMs)
    assert.deepEqual(await paidInvoices(running, subscription.id), [9900, 9900])
  })

  it('cancelled at the end of its period runs until then and is not charged again', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const { subscription } = await buy(running, (await createPlan(running)).id)
    const end = subscription.items.data[0]?.current_period_end
    const cancelled = await stripe.subscriptions.update(subscription.id, {
      cancel_at_period_end: true,
      cancellation_details: { feedback: 'too_expensive' },
    })
    assert.equal(cancelled.status, 'active')
    assert.equal(cancelled.cancel_at, end)
    assert.equal(cancelled.cancel_at_period_end, true)
    assert.equal(cancelled.canceled_at, startMs / 1000)
    assert.equal(cancelled.cancellation_details?.reason, 'cancellation_requested')
    assert.equal(cancelled.cancellation_details?.feedback, 'too_expensive')
    await sandbox.clock.advance(40 * dayMs)
    const ended = await stripe.subscriptions.retrieve(subscription.id)
    assert.equal(ended.status, 'canceled')
    assert.equal(ended.ended_at, end)
    assert.deepEqual(await paidInvoices(running, subscription.id), [1999])
    const event = running.arrivals.find(
      (arrival) => arrival.event.type === 'customer.subscription.deleted',
    )?.event
    assert.equal(event?.created, end)
  })

  it('cancelled the way the portal does it, by `cancel_at` alone, ends then too', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const { subscription } = await buy(running, (await createPlan(running)).id)
    const cancelled = await stripe.subscriptions.update(subscription.id, { cancel_at: 'min_period_end' })
    assert.equal(cancelled.cancel_at, subscription.items.data[0]?.current_period_end)
    assert.equal(cancelled.cancel_at_period_end, false)
    const kept = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false })
    assert.equal(kept.cancel_at, cancelled.cancel_at)
    const resumed = await stripe.subscriptions.update(subscription.id, { cancel_at: '' })
    assert.equal(resumed.cancel_at, null)
    assert.equal(resumed.canceled_at, null)
    await stripe.subscriptions.update(subscription.id, { cancel_at: startMs / 1000 + 86400 })
    await sandbox.clock.advance(dayMs)
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'canceled')
  })

  it('un-cancelled in time goes on', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const { subscription } = await buy(running, (await createPlan(running)).id)
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    const resumed = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false })
    assert.equal(resumed.cancel_at, null)
    assert.equal(resumed.cancellation_details?.reason, null)
    await sandbox.clock.advance(28 * dayMs)
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'active')
  })

  it('cancelled in its trial ends with the trial, unpaid', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = await createPlan(running)
    const { subscription } = await buy(running, price.id, { subscription_data: { trial_end: trialEnd } })
    const cancelled = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    assert.equal(cancelled.status, 'trialing')
    assert.equal(cancelled.cancel_at, trialEnd)
    await sandbox.clock.advance(trialEnd * 1000 - startMs)
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'canceled')
    assert.deepEqual(await paidInvoices(running, subscription.id), [0])
  })

  it('cancelled at once is over at once, leaves what is pending, and cannot be changed any more', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription, customer } = await buy(running, (await createPlan(running)).id)
    await stripe.invoiceItems.create({ customer, subscription: subscription.id, amount: 60, currency: 'usd' })
    const ended = await stripe.subscriptions.cancel(subscription.id)
    assert.equal(ended.status, 'canceled')
    assert.equal((await stripe.invoiceItems.list({ customer, pending: true })).data.length, 1)
    const change = stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false })
    await assert.rejects(change, { code: 'invalid_canceled_subscription_fields' })
    await assert.rejects(stripe.subscriptions.cancel(subscription.id), { code: 'resource_missing' })
  })

  it('cancelled at once with what is unused prorated leaves a credit on the customer’s balance', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const { subscription, customer } = await buy(running, (await createPlan(running)).id)
    await sandbox.clock.advance(7 * dayMs)
    await stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true })
    const [last] = (await stripe.invoices.list({ subscription: subscription.id })).data
    assert.equal(last?.total, -1499)
    assert.equal(last?.amount_due, 0)
    assert.equal(last?.lines.data[0]?.parent?.invoice_item_details?.proration, true)
    const found = await stripe.customers.retrieve(customer)
    assert.equal(!found.deleted && found.balance, -1499)
    assert.equal((await stripe.refunds.list()).data.length, 0)
  })

  it('cancelled at once in its trial has nothing unused to prorate', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const { subscription, customer } = await buy(running, price.id, {
      subscription_data: { trial_period_days: 30 },
    })
    await stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true })
    assert.equal((await stripe.invoices.list({ customer })).data.length, 1)
  })

  it('whose trial is ended by hand is charged now', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const { subscription } = await buy(running, price.id, { subscription_data: { trial_end: trialEnd } })
    const started = await stripe.subscriptions.update(subscription.id, { trial_end: 'now' })
    assert.equal(started.status, 'active')
    assert.equal(started.items.data[0]?.current_period_end, startMs / 1000 + 28 * 86400)
    assert.deepEqual(await paidInvoices(running, subscription.id), [0, 1999])
  })
})

describe('an invoice below the least that can be charged', () => {
  it('is paid with nothing due, and its amount is added to the next', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = await priceOf(running, 25, { interval: 'month' })
    const { subscription, customer } = await buy(running, price, {
      subscription_data: { trial_period_days: 30 },
    })
    const balance = async () => {
      const found = await stripe.customers.retrieve(customer)
      return found.deleted ? undefined : found.balance
    }
    await sandbox.clock.advance(30 * dayMs)
    const [small] = (await stripe.invoices.list({ subscription: subscription.id })).data
    assert.equal(small?.status, 'paid')
    assert.equal(small?.total, 25)
    assert.equal(small?.amount_due, 0)
    assert.equal(small?.ending_balance, 25)
    assert.equal(await balance(), 25)
    await sandbox.clock.advance(31 * dayMs)
    const [next] = (await stripe.invoices.list({ subscription: subscription.id })).data
    assert.equal(next?.starting_balance, 25)
    assert.equal(next?.amount_paid, 50)
    assert.equal(await balance(), 0)
  })
})

describe('a coupon', () => {
  it('that repeats for 3 months takes something off each invoice of those months', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const monthly = await priceOf(running, 1999, { interval: 'month' })
    const coupon = {
      amount_off: 1899,
      currency: 'usd',
      duration: 'repeating',
      duration_in_months: 3,
    } as const
    const { id } = await stripe.coupons.create(coupon)
    const { subscription } = await buy(running, monthly, { discounts: [{ coupon: id }] })
    assert.equal(subscription.discounts.length, 1)
    await sandbox.clock.advance(130 * dayMs)
    assert.deepEqual(await paidInvoices(running, subscription.id), [100, 100, 100, 1999, 1999])
    assert.deepEqual((await stripe.subscriptions.retrieve(subscription.id)).discounts, [])
    assert.equal((await stripe.coupons.retrieve(id)).times_redeemed, 1)
  })

  it('of 6 months on a price of 4 weeks covers 7 invoices', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = await createPlan(running)
    await stripe.coupons.create({ id: 'half', percent_off: 50, duration: 'repeating', duration_in_months: 6 })
    const { subscription } = await buy(running, price.id, { discounts: [{ coupon: 'half' }] })
    await sandbox.clock.advance(8 * 28 * dayMs)
    assert.deepEqual(await paidInvoices(running, subscription.id), [...Array(7).fill(999), 1999, 1999])
  })

  it('for once takes something off one invoice', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = await createPlan(running)
    await stripe.coupons.create({ id: 'first', percent_off: 50, duration: 'once' })
    const { subscription, session } = await buy(running, price.id, { discounts: [{ coupon: 'first' }] })
    assert.equal(session.total_details?.amount_discount, 1000)
    await sandbox.clock.advance(28 * dayMs)
    assert.deepEqual(await paidInvoices(running, subscription.id), [999, 1999])
  })

  it('can be given to somebody who had cancelled, when they come back', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const { subscription } = await buy(running, (await createPlan(running)).id)
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    await stripe.coupons.create({ id: 'stay', percent_off: 25, duration: 'once' })
    const change = { cancel_at_period_end: false, discounts: [{ coupon: 'stay' }] }
    await stripe.subscriptions.update(subscription.id, change)
    await sandbox.clock.advance(28 * dayMs)
    assert.deepEqual(await paidInvoices(running, subscription.id), [1999, 1499])
  })

  it('is refused once it is used up, past its date or deleted', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    await stripe.coupons.create({ id: 'one', percent_off: 50, max_redemptions: 1 })
    await stripe.coupons.create({ id: 'old', percent_off: 50, redeem_by: startMs / 1000 + 60 })
    await stripe.coupons.create({ id: 'gone', percent_off: 50 })
    await buy(running, price.id, { discounts: [{ coupon: 'one' }] })
    await running.sandbox.clock.advance(60_000)
    await stripe.coupons.del('gone')
    await assert.rejects(buy(running, price.id, { discounts: [{ coupon: 'one' }] }), {
      code: 'coupon_expired',
    })
    await assert.rejects(buy(running, price.id, { discounts: [{ coupon: 'old' }] }), {
      code: 'coupon_expired',
    })
    await assert.rejects(buy(running, price.id, { discounts: [{ coupon: 'gone' }] }), {
      code: 'resource_missing',
    })
  })
})
