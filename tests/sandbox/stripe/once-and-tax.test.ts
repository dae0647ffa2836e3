import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type Stripe from 'stripe'
import { buy, createPlan, goodForm, openSession, pay, trialEnd } from './buying.ts'
import { dayMs, type Running, runSandbox } from './sandbox-under-test.ts'

const line = (amount: number, more: object = {}) => ({
  quantity: 1,
  price_data: { currency: 'usd', unit_amount: amount, product_data: { name: 'A gift' }, ...more },
})

function openOnce(
  { stripe }: Running,
  more: Stripe.Checkout.SessionCreateParams = {},
): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [line(3000)],
    success_url: 'http://localhost:3000/back',
    ...more,
  })
}

describe('a session for a single payment', () => {
  it('is paid by an intent of its own, with its labels, and makes no subscription', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const open = await openOnce(running, { payment_intent_data: { metadata: { of: 'ours' } } })
    await pay(open)
    const session = await stripe.checkout.sessions.retrieve(open.id, { expand: ['payment_intent'] })
    assert.equal(session.payment_status, 'paid')
    assert.equal(session.subscription, null)
    assert.ok(typeof session.payment_intent === 'object' && session.payment_intent)
    assert.equal(session.payment_intent.amount_received, 3000)
    assert.deepEqual(session.payment_intent.metadata, { of: 'ours' })
    const found = await stripe.checkout.sessions.list({ payment_intent: session.payment_intent.id })
    assert.deepEqual(
      found.data.map(({ id }) => id),
      [open.id],
    )
    await running.sandbox.settled()
    assert.deepEqual(running.types().slice(-2), ['payment_intent.succeeded', 'checkout.session.completed'])
  })

  it('says so on its page, and takes nothing from a card that is declined', async () => {
    await using running = await runSandbox()
    const open = await openOnce(running)
    assert.match(await (await fetch(String(open.url))).text(), /One payment\. It does not renew\./)
    assert.equal((await pay(open, { ...goodForm, number: '4000 0000 0000 0002' })).status, 422)
    assert.equal((await running.stripe.charges.list()).data.length, 0)
  })

  it('refuses what Stripe refuses: less than the minimum, a recurring price, what belongs to subscriptions', async () => {
    await using running = await runSandbox()
    const price = (await createPlan(running)).id
    const data = { metadata: { of: 'ours' } }
    await assert.rejects(openOnce(running, { line_items: [line(25)] }), { code: 'amount_too_small' })
    await assert.rejects(openOnce(running, { line_items: [{ price, quantity: 1 }] }), /recurring price/)
    await assert.rejects(openOnce(running, { subscription_data: data }), /can not pass `subscription_data`/)
    await assert.rejects(openSession(running, price, { payment_intent_data: data }), /can not pass/)
  })
})

describe('a promotion code', () => {
  it('is refused once it is used up, past its date or put away', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = (await createPlan(running)).id
    const coupon = (await stripe.coupons.create({ percent_off: 50 })).id
    const make = (more: object) =>
      stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon }, ...more })
    const one = await make({ code: 'ONE', max_redemptions: 1 })
    await assert.rejects(make({ code: 'one' }), /already exists/)
    const discounts = [{ promotion_code: one.id }]
    const { session, subscription } = await buy(running, price, { discounts })
    assert.equal(session.amount_total, 999)
    const { discounts: given } = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['discounts'],
    })
    assert.equal(given.length, 0, 'a coupon for one bill is used up by the first')
    assert.equal((await stripe.promotionCodes.retrieve(one.id)).times_redeemed, 1)
    await assert.rejects(openSession(running, price, { discounts }), { code: 'promotion_code_expired' })
    const away = await make({})
    await stripe.promotionCodes.update(away.id, { active: false })
    const sent = openSession(running, price, { discounts: [{ promotion_code: away.id }] })
    await assert.rejects(sent, { code: 'promotion_code_expired' })
    const listed = await stripe.promotionCodes.list({ code: 'One', active: true })
    assert.deepEqual(
      listed.data.map(({ id }) => id),
      [one.id],
    )
  })

  it('that leaves less than the minimum to pay is not taken', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { id } = await stripe.coupons.create({ amount_off: 2980, currency: 'usd' })
    await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: id }, code: 'ALMOST' })
    const open = await openOnce(running, { allow_promotion_codes: true })
    const body = new URLSearchParams({ apply: 'promotion', promotion: 'ALMOST' })
    const page = await fetch(String(open.url), { method: 'POST', body })
    assert.equal(page.status, 422)
    assert.equal((await stripe.checkout.sessions.retrieve(open.id)).amount_total, 3000)
  })
})

describe('automatic tax', () => {
  it('is a tenth on top, or a part of the price, on every bill', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    for (const [behavior, total, tax] of [
      ['exclusive', 2200, 200],
      ['inclusive', 2000, 182],
    ] as const) {
      const price = await stripe.prices.create({
        currency: 'usd',
        unit_amount: 2000,
        recurring: { interval: 'month' },
        product_data: { name: 'Access' },
        tax_behavior: behavior,
      })
      const { session, subscription } = await buy(running, price.id, { automatic_tax: { enabled: true } })
      assert.equal(session.amount_total, total)
      assert.equal(session.total_details?.amount_tax, tax)
      await sandbox.clock.advance(32 * dayMs)
      const { data } = await stripe.invoices.list({ subscription: subscription.id })
      assert.deepEqual(
        data.map((invoice) => [
          invoice.amount_paid,
          invoice.total_excluding_tax,
          invoice.total_taxes?.[0]?.amount,
        ]),
        [
          [total, total - tax, tax],
          [total, total - tax, tax],
        ],
      )
    }
  })

  it('needs to know how the price stands to tax, and where the customer lives', async () => {
    await using running = await runSandbox()
    const automatic_tax = { enabled: true }
    const price = (await createPlan(running)).id
    await assert.rejects(openSession(running, price, { automatic_tax }), /tax_behavior/)
    const customer = (await running.stripe.customers.create()).id
    const taxed = { automatic_tax, customer, line_items: [line(3000, { tax_behavior: 'exclusive' })] }
    await assert.rejects(openOnce(running, taxed), { code: 'customer_tax_location_invalid' })
    const session = await openOnce(running, { ...taxed, customer_update: { address: 'auto' } })
    assert.equal(session.amount_total, 3300)
  })
})

describe('the preview of the next invoice', () => {
  it('is what the bill comes to, and changes nothing', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const price = (await createPlan(running)).id
    const { subscription, customer } = await buy(running, price, {
      subscription_data: { trial_end: trialEnd },
    })
    await stripe.invoiceItems.create({ customer, subscription: subscription.id, amount: 25, currency: 'usd' })
    const preview = await stripe.invoices.createPreview({ subscription: subscription.id })
    assert.equal(preview.billing_reason, 'upcoming')
    assert.equal(preview.amount_due, 2024)
    assert.equal((await stripe.invoices.list()).data.length, 1)
    await sandbox.clock.advance(trialEnd * 1000 - sandbox.clock.now())
    const [bill] = (await stripe.invoices.list({ subscription: subscription.id })).data
    assert.equal(bill?.amount_paid, 2024)
  })

  it('is refused where no bill will come', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription } = await buy(running, (await createPlan(running)).id)
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    const preview = stripe.invoices.createPreview({ subscription: subscription.id })
    await assert.rejects(preview, { code: 'invoice_upcoming_none' })
  })
})
