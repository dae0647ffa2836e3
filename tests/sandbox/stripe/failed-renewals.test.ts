import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Stripe from 'stripe'
import { buy, changeCard, createPlan } from './buying.ts'
import { dayMs, type Running, runSandbox, startMs } from './sandbox-under-test.ts'

const periodMs = 28 * dayMs

/** A subscription whose card pays at first and fails from its first renewal on. */
async function failing(running: Running, token = 'pm_card_chargeCustomerFail') {
  const bought = await buy(running, (await createPlan(running)).id)
  await changeCard(running, bought, token)
  await running.sandbox.clock.advance(periodMs)
  const status = async () => (await running.stripe.subscriptions.retrieve(bought.subscription.id)).status
  const invoice = async () => {
    const { data } = await running.stripe.invoices.list({ subscription: bought.subscription.id })
    return data[0] ?? assert.fail('There is no invoice')
  }
  return { ...bought, status, invoice }
}

function daysAfterRenewal(seconds: number | null): number | null {
  return seconds === null ? null : (seconds * 1000 - startMs - periodMs) / dayMs
}

describe('a renewal that cannot be collected', () => {
  it('leaves the invoice open and the subscription past due, in its new period', async () => {
    await using running = await runSandbox()
    const { subscription, status, invoice, customer } = await failing(running)
    assert.equal(await status(), 'past_due')
    const open = await invoice()
    assert.equal(open.status, 'open')
    assert.equal(open.amount_paid, 0)
    assert.equal(open.amount_remaining, 1999)
    assert.equal(open.attempt_count, 1)
    assert.equal(daysAfterRenewal(open.next_payment_attempt), 3)
    const now = await running.stripe.subscriptions.retrieve(subscription.id)
    assert.equal(now.latest_invoice, open.id)
    assert.equal(now.items.data[0]?.current_period_start, (startMs + periodMs) / 1000)
    const who = await running.stripe.customers.retrieve(customer)
    assert.equal(!who.deleted && who.delinquent, true)
  })

  it('is told of by webhook, with the time of the next try', async () => {
    await using running = await runSandbox()
    await failing(running)
    const failed = running.arrivals
      .map(({ event }) => event)
      .find((each) => each.type === 'invoice.payment_failed')
    assert.ok(failed?.type === 'invoice.payment_failed')
    assert.equal(failed.data.object.attempt_count, 1)
    assert.equal(daysAfterRenewal(failed.data.object.next_payment_attempt), 3)
    for (const type of ['charge.failed', 'payment_intent.payment_failed', 'customer.subscription.updated']) {
      assert.ok(running.types().includes(type), type)
    }
    assert.ok(!running.types().includes('invoice.payment_action_required'))
  })

  it('is tried again after 3, 8 and 14 days; then the subscription is over', async () => {
    await using running = await runSandbox()
    const { subscription, status, invoice } = await failing(running)
    await running.sandbox.clock.advance(3 * dayMs)
    assert.equal((await invoice()).attempt_count, 2)
    assert.equal(daysAfterRenewal((await invoice()).next_payment_attempt), 8)
    await running.sandbox.clock.advance(5 * dayMs)
    assert.equal((await invoice()).attempt_count, 3)
    assert.equal(await status(), 'past_due')
    await running.sandbox.clock.advance(6 * dayMs)
    assert.equal((await invoice()).attempt_count, 4)
    assert.equal((await invoice()).next_payment_attempt, null)
    const ended = await running.stripe.subscriptions.retrieve(subscription.id)
    assert.equal(ended.status, 'canceled')
    assert.equal(ended.cancellation_details?.reason, 'payment_failed')
    assert.equal(daysAfterRenewal(ended.ended_at), 14)
    assert.ok(running.types().includes('customer.subscription.deleted'))
    await running.sandbox.clock.advance(60 * dayMs)
    assert.equal((await invoice()).attempt_count, 4)
  })

  it('leaves the subscription unpaid where the account says so, and drafts are all that follows', async () => {
    await using running = await runSandbox({ afterLastTry: 'unpaid' })
    const { subscription, status, invoice, customer } = await failing(running)
    await running.sandbox.clock.advance(14 * dayMs)
    assert.equal(await status(), 'unpaid')
    await running.sandbox.clock.advance(14 * dayMs)
    assert.equal((await invoice()).status, 'draft')
    assert.equal(await status(), 'unpaid')
    await changeCard(running, { subscription, customer }, 'pm_card_visa')
    await running.stripe.invoices.pay((await invoice()).id)
    assert.equal(await status(), 'active')
  })

  it('is collected by the next try when the card was changed, and all is well again', async () => {
    await using running = await runSandbox()
    const { subscription, customer, status, invoice } = await failing(running)
    await changeCard(running, { subscription, customer }, 'pm_card_visa')
    assert.equal(await status(), 'past_due')
    await running.sandbox.clock.advance(3 * dayMs)
    assert.equal(await status(), 'active')
    const paid = await invoice()
    assert.equal(paid.status, 'paid')
    assert.equal(paid.amount_paid, 1999)
    assert.equal(paid.attempt_count, 2)
    const who = await running.stripe.customers.retrieve(customer)
    assert.equal(!who.deleted && who.delinquent, false)
    await running.sandbox.clock.advance(25 * dayMs)
    assert.equal(await status(), 'active')
    assert.equal((await running.stripe.invoices.list({ subscription: subscription.id })).data.length, 3)
  })

  it('can be paid by hand, with another card, and is not tried again', async () => {
    await using running = await runSandbox()
    const { customer, status, invoice } = await failing(running)
    const { id } = await invoice()
    const method = await running.stripe.paymentMethods.attach('pm_card_visa', { customer })
    const paid = await running.stripe.invoices.pay(id, { payment_method: method.id })
    assert.equal(paid.status, 'paid')
    assert.equal(paid.next_payment_attempt, null)
    assert.equal(await status(), 'active')
    await assert.rejects(running.stripe.invoices.pay(id), /already paid/)
  })

  it('paid by hand and declined again says so and keeps the timetable', async () => {
    await using running = await runSandbox()
    const { invoice, status } = await failing(running)
    const before = await invoice()
    await assert.rejects(running.stripe.invoices.pay(before.id), (error) => {
      assert.ok(error instanceof Stripe.errors.StripeCardError)
      assert.equal(error.statusCode, 402)
      assert.equal(error.code, 'card_declined')
      assert.equal(error.decline_code, 'generic_decline')
      assert.match(error.charge ?? '', /^ch_/)
      return true
    })
    const after = await invoice()
    assert.equal(after.attempt_count, 1)
    assert.equal(after.next_payment_attempt, before.next_payment_attempt)
    assert.equal(await status(), 'past_due')
    const intents = await running.stripe.paymentIntents.list()
    assert.equal(intents.data[0]?.status, 'requires_payment_method')
    const charges = await running.stripe.charges.list({ payment_intent: intents.data[0]?.id ?? '' })
    assert.deepEqual(
      charges.data.map(({ status }) => status),
      ['failed', 'failed'],
    )
  })

  it('asks for the owner of a card that must confirm', async () => {
    await using running = await runSandbox()
    const { status, invoice } = await failing(running, 'pm_card_threeDSecure2Required')
    assert.equal(await status(), 'past_due')
    assert.ok(running.types().includes('invoice.payment_action_required'))
    assert.ok(running.types().includes('invoice.payment_failed'))
    const [intent] = (await running.stripe.paymentIntents.list()).data
    assert.equal(intent?.status, 'requires_action')
    await assert.rejects(running.stripe.invoices.pay((await invoice()).id), {
      code: 'invoice_payment_intent_requires_action',
    })
  })

  it('is not tried again once the subscription was ended by hand', async () => {
    await using running = await runSandbox()
    const { subscription, invoice } = await failing(running)
    await running.stripe.subscriptions.cancel(subscription.id)
    assert.equal((await invoice()).next_payment_attempt, null)
    await running.sandbox.clock.advance(30 * dayMs)
    assert.equal((await invoice()).attempt_count, 1)
    assert.equal((await invoice()).status, 'open')
  })

  it('of a plan shorter than the retries goes on being billed, and lives again with the newest invoice paid', async () => {
    await using running = await runSandbox()
    const price = await running.stripe.prices.create({
      currency: 'usd',
      unit_amount: 500,
      recurring: { interval: 'week' },
      product_data: { name: 'Weekly' },
    })
    const bought = await buy(running, price.id)
    await changeCard(running, bought, 'pm_card_chargeCustomerFail')
    await running.sandbox.clock.advance(14 * dayMs)
    const { data } = await running.stripe.invoices.list({
      subscription: bought.subscription.id,
      status: 'open',
    })
    assert.equal(data.length, 2)
    await changeCard(running, bought, 'pm_card_visa')
    await running.stripe.invoices.pay(data[1]?.id ?? '')
    const { stripe } = running
    assert.equal((await stripe.subscriptions.retrieve(bought.subscription.id)).status, 'past_due')
    await stripe.invoices.pay(data[0]?.id ?? '')
    assert.equal((await stripe.subscriptions.retrieve(bought.subscription.id)).status, 'active')
  })

  it('after a trial leaves the subscription past due as well', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const bought = await buy(running, price.id, { subscription_data: { trial_period_days: 7 } })
    await changeCard(running, bought, 'pm_card_chargeCustomerFail')
    await running.sandbox.clock.advance(7 * dayMs)
    const late = await running.stripe.subscriptions.retrieve(bought.subscription.id)
    assert.equal(late.status, 'past_due')
  })
})
