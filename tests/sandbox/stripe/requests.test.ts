import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Stripe from 'stripe'
import { buy, createPlan } from './buying.ts'
import { runSandbox } from './sandbox-under-test.ts'
import { send } from './send-form.ts'

describe('a request to the payment sandbox', () => {
  const refused: [string, string, string, { code?: string; param?: string }][] = [
    [
      'a parameter Stripe does not have',
      'POST /v1/prices',
      'currency=usd&unit_amount=5&colour=red',
      { code: 'parameter_unknown', param: 'colour' },
    ],
    [
      'an unknown parameter deep inside',
      'POST /v1/checkout/sessions',
      'line_items[0][price]=p&line_items[0][colour]=red',
      { code: 'parameter_unknown', param: 'line_items[0][colour]' },
    ],
    [
      'a parameter named like a method of objects',
      'POST /v1/customers',
      'toString=1',
      { code: 'parameter_unknown', param: 'toString' },
    ],
    [
      'a missing parameter',
      'POST /v1/products',
      'description=x',
      { code: 'parameter_missing', param: 'name' },
    ],
    [
      'a word where a number belongs',
      'POST /v1/prices',
      'currency=usd&unit_amount=lots',
      { code: 'parameter_invalid_integer', param: 'unit_amount' },
    ],
    [
      'a fraction of a cent',
      'POST /v1/prices',
      'currency=usd&unit_amount=19.99',
      { code: 'parameter_invalid_integer', param: 'unit_amount' },
    ],
    [
      'a value outside an enum',
      'POST /v1/coupons',
      'percent_off=50&duration=sometimes',
      { param: 'duration' },
    ],
    [
      'neither true nor false',
      'POST /v1/subscriptions/sub_1',
      'cancel_at_period_end=maybe',
      { param: 'cancel_at_period_end' },
    ],
    ['an empty text', 'POST /v1/products', 'name=', { code: 'parameter_invalid_empty', param: 'name' }],
    [
      'one value where a list belongs',
      'POST /v1/checkout/sessions',
      'mode=subscription&line_items=price_1',
      { param: 'line_items' },
    ],
    [
      'a price nobody made',
      'POST /v1/checkout/sessions',
      'mode=subscription&success_url=http://x.test/&line_items[0][price]=price_none&line_items[0][quantity]=1',
      { code: 'resource_missing', param: 'line_items[0][price]' },
    ],
    [
      'a reason for a refund that there is not',
      'POST /v1/refunds',
      'payment_intent=pi_1&reason=boredom',
      { param: 'reason' },
    ],
    [
      'a payment without its type',
      'GET /v1/invoice_payments?payment[payment_intent]=pi_1',
      '',
      { code: 'parameter_missing', param: 'payment[type]' },
    ],
    [
      'a refund of nothing in particular',
      'POST /v1/refunds',
      'amount=5',
      { code: 'parameter_missing', param: 'payment_intent' },
    ],
    ['an expansion there is not', 'GET /v1/prices?expand[]=data.colour', '', { param: 'expand' }],
    [
      'an expansion of more than four levels',
      'GET /v1/invoices?expand[]=data.payments.data.payment.payment_intent',
      '',
      { param: 'expand' },
    ],
    ['a page too long', 'GET /v1/prices?limit=101', '', { param: 'limit' }],
  ]
  for (const [what, address, form, expected] of refused) {
    it(`is refused for ${what}`, async () => {
      await using running = await runSandbox()
      await createPlan(running)
      const { status, error } = await send(running, address, form)
      assert.equal(status, 400)
      assert.equal(error?.type, 'invalid_request_error')
      assert.ok(error?.message)
      assert.deepEqual({ code: error?.code, param: error?.param }, { code: undefined, ...expected })
    })
  }

  it('is refused by name for what Stripe has and the sandbox does not model', async () => {
    await using running = await runSandbox()
    const phone = 'mode=subscription&phone_number_collection[enabled]=true'
    const { status, error } = await send(running, 'POST /v1/checkout/sessions', phone)
    assert.equal(status, 400)
    assert.match(error?.message ?? '', /sandbox does not model phone_number_collection.enabled/)
  })

  it('is refused without an API key', async () => {
    await using running = await runSandbox()
    for (const authorization of ['', 'Bearer ', 'Basic Og==']) {
      const { status, error } = await send(running, 'GET /v1/prices', '', { authorization })
      assert.equal(status, 401)
      assert.equal(error?.type, 'invalid_request_error')
    }
  })

  it('is refused where Stripe has no such address, or the sandbox does not serve it', async () => {
    await using running = await runSandbox()
    const { status, error } = await send(running, 'GET /v1/prizes', '')
    assert.equal(status, 404)
    assert.match(error?.message ?? '', /Unrecognized request URL/)
  })

  it('gets 404 for an id that is not there, as the library expects', async () => {
    await using running = await runSandbox()
    await assert.rejects(running.stripe.subscriptions.retrieve('sub_none'), (error) => {
      assert.ok(error instanceof Stripe.errors.StripeInvalidRequestError)
      assert.equal(error.code, 'resource_missing')
      assert.equal(error.statusCode, 404)
      assert.match(error.requestId ?? '', /^req_/)
      return true
    })
  })

  it('may expand what an answer only names', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const { session, subscription } = await buy(running, price.id)
    const whole = await stripe.checkout.sessions.retrieve(session.id, {
      expand: [
        'line_items',
        'customer',
        'subscription.latest_invoice.customer',
        'line_items.data.price.product',
      ],
    })
    assert.equal(whole.line_items?.data[0]?.price?.id, price.id)
    assert.ok(typeof whole.customer === 'object' && whole.customer && !whole.customer.deleted)
    assert.equal(whole.customer.email, 'reader@example.com')
    assert.ok(typeof whole.subscription === 'object' && whole.subscription)
    assert.equal(whole.subscription.id, subscription.id)
    const invoice = whole.subscription.latest_invoice
    assert.ok(typeof invoice === 'object' && invoice)
    assert.equal(invoice.amount_paid, 1999)
    const product = whole.line_items?.data[0]?.price?.product
    assert.ok(typeof product === 'object' && !product.deleted)
    assert.equal(product.name, 'Unlimited Digital Access')
  })

  it('keeps metadata as it was sent, whatever its keys look like', async () => {
    await using running = await runSandbox()
    const created = await running.stripe.customers.create({
      metadata: { 0: 'zero', 'a.b': 'dot', tag: 'x&y=[z]', n: 5 },
    })
    assert.deepEqual(created.metadata, { 0: 'zero', 'a.b': 'dot', tag: 'x&y=[z]', n: '5' })
    const changed = await running.stripe.customers.update(created.id, { metadata: { tag: '', more: 'yes' } })
    assert.deepEqual(changed.metadata, { 0: 'zero', 'a.b': 'dot', n: '5', more: 'yes' })
    await assert.rejects(
      running.stripe.customers.create({ metadata: { long: 'x'.repeat(501) } }),
      /500 characters/,
    )
  })
})
