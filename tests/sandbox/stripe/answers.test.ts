import assert from 'node:assert/strict'
import { join } from 'node:path'
import { it } from 'node:test'
import { Ajv, type ErrorObject } from 'ajv'
import { z } from 'zod'
import { schemaOf } from '../../../src/sandbox/stripe/schemas/generate.ts'
import type { AnswerTypes } from './answer-types.ts'
import { buy, changeCard, createPlan, latestPayment, openSession, trialEnd } from './buying.ts'
import { dayMs, type Running, runSandbox } from './sandbox-under-test.ts'

/** Where each kind of thing is listed. */
const lists: { [kind in keyof AnswerTypes]: string } = {
  charge: 'charges',
  coupon: 'coupons',
  customer: 'customers',
  dispute: 'disputes',
  invoice: 'invoices',
  invoice_payment: 'invoice_payments',
  invoiceitem: 'invoiceitems',
  payment_intent: 'payment_intents',
  payment_method: 'payment_methods',
  price: 'prices',
  product: 'products',
  promotion_code: 'promotion_codes',
  refund: 'refunds',
  session: 'checkout/sessions',
  subscription: 'subscriptions?status=all',
}

const lenient = { allowUnionTypes: true, validateSchema: false }

const listShape = z.object({ data: z.array(z.looseObject({ id: z.string() })).min(1) })

/** A year in which a great deal happens to several customers. */
async function liveThrough(running: Running): Promise<void> {
  const { stripe, sandbox } = running
  const plan = await createPlan(running)
  const coupon = await stripe.coupons.create({
    percent_off: 50,
    duration: 'repeating',
    duration_in_months: 3,
  })
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'HALF' })
  const discounted = await buy(running, plan.id, { discounts: [{ coupon: coupon.id }] })
  const inTrial = await buy(running, plan.id, { subscription_data: { trial_end: trialEnd } })
  await stripe.invoiceItems.create({
    customer: inTrial.customer,
    subscription: inTrial.subscription.id,
    amount: 25,
    currency: 'usd',
  })
  const taxed = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 2000,
    recurring: { interval: 'month' },
    product_data: { name: 'Access' },
    tax_behavior: 'exclusive',
  })
  await buy(running, taxed.id, { automatic_tax: { enabled: true } })
  const failing = await buy(running, plan.id)
  await changeCard(running, failing, 'pm_card_chargeCustomerFail')
  await openSession(running, plan.id)
  sandbox.dispute((await latestPayment(running, discounted.subscription.id)).charge.id)
  await sandbox.clock.advance(60 * dayMs)
  const { intent } = await latestPayment(running, discounted.subscription.id)
  await stripe.refunds.create({ payment_intent: intent.id, amount: 100 })
  await stripe.subscriptions.cancel(discounted.subscription.id, { prorate: true, invoice_now: true })
}

it('what the sandbox answers is what the library’s types say of Stripe’s answers', async () => {
  await using running = await runSandbox()
  await liveThrough(running)
  const schema = schemaOf({ file: join(import.meta.dirname, 'answer-types.ts'), type: 'AnswerTypes' })
  const ajv = new Ajv({ ...lenient, inlineRefs: false }).addSchema(schema, 'stripe')
  for (const [kind, path] of Object.entries(lists)) {
    const fits = ajv.getSchema(`stripe#/definitions/AnswerTypes/properties/${kind}`)
    assert.ok(fits, kind)
    const answer = await fetch(`${running.apiUrl}/v1/${path}`, {
      headers: { authorization: 'Bearer sk_test_x' },
    })
    for (const document of listShape.parse(await answer.json()).data) {
      assert.ok(fits(document), `${document.id}: ${complaint(fits.errors ?? [])}`)
    }
  }
})

function complaint(errors: ErrorObject[]): string {
  return errors
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join('\n')
}
