import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buy, createPlan, latestPayment } from './buying.ts'
import { runSandbox } from './sandbox-under-test.ts'

describe('a payment', () => {
  it('leads from the invoice to the charge and back', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription, customer } = await buy(running, (await createPlan(running)).id)
    const { intent, charge, payment } = await latestPayment(running, subscription.id)
    assert.equal(payment?.status, 'paid')
    assert.equal(payment?.amount_paid, 1999)
    assert.equal(intent.status, 'succeeded')
    assert.equal(intent.amount_received, 1999)
    assert.equal(intent.customer, customer)
    assert.equal(charge.status, 'succeeded')
    assert.equal(charge.payment_intent, intent.id)
    const back = await stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: intent.id },
    })
    assert.equal(back.data[0]?.invoice, subscription.latest_invoice)
    assert.equal((await stripe.charges.list({ customer })).data[0]?.id, charge.id)
    const method = await stripe.paymentMethods.retrieve(String(charge.payment_method))
    assert.equal(method.card?.last4, '4242')
    assert.equal(method.card?.exp_year, 2034)
    assert.equal(subscription.default_payment_method, method.id)
  })

  it('is part of its invoice when that is asked for', async () => {
    await using running = await runSandbox()
    const { subscription } = await buy(running, (await createPlan(running)).id)
    const whole = await running.stripe.invoices.retrieve(String(subscription.latest_invoice), {
      expand: ['payments.data.payment.payment_intent'],
    })
    const intent = whole.payments?.data[0]?.payment.payment_intent
    assert.ok(typeof intent === 'object')
    assert.equal(intent.status, 'succeeded')
  })

  it('is not there for an invoice with nothing due', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const { subscription } = await buy(running, price.id, { subscription_data: { trial_period_days: 30 } })
    const { data } = await running.stripe.invoicePayments.list({
      invoice: String(subscription.latest_invoice),
    })
    assert.deepEqual(data, [])
    assert.deepEqual((await running.stripe.charges.list()).data, [])
  })
})

describe('a refund', () => {
  it('of a whole payment gives back what is left of it, once', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription } = await buy(running, (await createPlan(running)).id)
    const { intent, charge } = await latestPayment(running, subscription.id)
    const refund = await stripe.refunds.create({ payment_intent: intent.id, reason: 'requested_by_customer' })
    assert.equal(refund.amount, 1999)
    assert.equal(refund.status, 'succeeded')
    assert.equal(refund.charge, charge.id)
    const refunded = await stripe.charges.retrieve(charge.id, { expand: ['refunds'] })
    assert.equal(refunded.refunded, true)
    assert.equal(refunded.amount_refunded, 1999)
    assert.equal(refunded.refunds?.data[0]?.id, refund.id)
    await assert.rejects(stripe.refunds.create({ charge: charge.id }), { code: 'charge_already_refunded' })
    const invoice = await stripe.invoices.retrieve(String(subscription.latest_invoice))
    assert.equal(invoice.status, 'paid')
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'active')
  })

  it('of a part leaves the rest to be refunded, and no more than that', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription } = await buy(running, (await createPlan(running)).id)
    const { intent, charge } = await latestPayment(running, subscription.id)
    await stripe.refunds.create({ payment_intent: intent.id, amount: 500 })
    assert.equal((await stripe.charges.retrieve(charge.id)).refunded, false)
    const tooMuch = stripe.refunds.create({ payment_intent: intent.id, amount: 1500 })
    await assert.rejects(tooMuch, /\$15\.00.*greater than.*\$14\.99/)
    const rest = await stripe.refunds.create({ payment_intent: intent.id })
    assert.equal(rest.amount, 1499)
    const list = await stripe.refunds.list({ payment_intent: intent.id })
    assert.deepEqual(
      list.data.map(({ amount }) => amount),
      [1499, 500],
    )
  })

  it('is told of by webhook, and so is a change of it', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription } = await buy(running, (await createPlan(running)).id)
    const { charge } = await latestPayment(running, subscription.id)
    running.arrivals.length = 0
    const refund = await stripe.refunds.create({ charge: charge.id, amount: 500 })
    await stripe.refunds.update(refund.id, { metadata: { asked: 'by phone' } })
    await running.sandbox.settled()
    assert.deepEqual(running.types().toSorted(), ['charge.refunded', 'refund.created', 'refund.updated'])
    const event = running.arrivals
      .map((arrival) => arrival.event)
      .find(({ type }) => type === 'charge.refunded')
    assert.ok(event?.type === 'charge.refunded')
    assert.equal(event.data.object.amount_refunded, 500)
    assert.equal(event.data.previous_attributes?.amount_refunded, 0)
  })

  it('happens once under one idempotency key', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription } = await buy(running, (await createPlan(running)).id)
    const { intent } = await latestPayment(running, subscription.id)
    const options = { idempotencyKey: 'refund-1' }
    const first = await stripe.refunds.create({ payment_intent: intent.id, amount: 500 }, options)
    const second = await stripe.refunds.create({ payment_intent: intent.id, amount: 500 }, options)
    assert.equal(second.id, first.id)
    assert.equal((await stripe.refunds.list()).data.length, 1)
  })
})
