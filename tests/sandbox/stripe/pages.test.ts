import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPlan, goodForm, openSession, pay, trialEnd } from './buying.ts'
import { dayMs, runSandbox } from './sandbox-under-test.ts'

async function textOf(page: Promise<Response> | Response): Promise<string> {
  return (await (await page).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

describe('the hosted payment page', () => {
  it('says what is bought, what is due today and what comes then, and that no money moves', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const message = 'Nothing today. <25¢> for your first 5 months is added to your first regular bill.'
    const session = await openSession(running, price.id, {
      subscription_data: { trial_end: trialEnd },
      custom_text: { submit: { message } },
    })
    const text = await textOf(fetch(String(session.url)))
    assert.match(text, /Payment sandbox: no money moves/)
    assert.match(text, /Try Unlimited Digital Access/)
    assert.match(text, /\$0\.00 due today/)
    assert.match(text, /Then \$19\.99 every 4 weeks, from April 24, 2027/)
    assert.match(text, /Trial until April 24, 2027/)
    assert.match(text, /Nothing today\. &#60;25¢&#62; for your first 5 months/)
  })

  it('says what a coupon takes off, and for how long', async () => {
    await using running = await runSandbox()
    const { product } = await createPlan(running)
    const price = await running.stripe.prices.create({
      currency: 'usd',
      unit_amount: 1999,
      recurring: { interval: 'month' },
      product: String(product),
    })
    const coupon = { name: 'Spring offer', amount_off: 1899, currency: 'usd' }
    const { id } = await running.stripe.coupons.create({
      ...coupon,
      duration: 'repeating',
      duration_in_months: 3,
    })
    const session = await openSession(running, price.id, { discounts: [{ coupon: id }] })
    const text = await textOf(fetch(String(session.url)))
    assert.match(text, /\$1\.00 per month for 3 months, then \$19\.99 per month/)
    assert.match(text, /Spring offer −\$18\.99/)
    assert.match(text, /Pay \$1\.00 and subscribe/)
  })

  it('needs no script and nothing from elsewhere', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const session = await openSession(running, price.id)
    const response = await fetch(String(session.url))
    const page = await response.text()
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /default-src 'none'; style-src 'self'/,
    )
    assert.doesNotMatch(page, /<script|style=|onclick|https:\/\//)
    const stylesheet = /<link rel="stylesheet" href="([^"]+)"/.exec(page)?.[1] ?? ''
    const css = await fetch(new URL(stylesheet, String(session.url)))
    assert.match(css.headers.get('content-type') ?? '', /^text\/css/)
  })

  it('leads back to where the reader came from with the session’s id', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const session = await openSession(running, price.id)
    const response = await pay(session)
    assert.equal(response.status, 303)
    assert.equal(response.headers.get('location'), `http://localhost:3000/back?session=${session.id}`)
  })

  it('charges once however often the form is sent', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = await createPlan(running)
    const session = await openSession(running, price.id)
    const answers = await Promise.all([pay(session), pay(session), pay(session)])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303, 303],
    )
    assert.equal((await stripe.subscriptions.list()).data.length, 1)
    assert.equal((await stripe.customers.list()).data.length, 1)
    assert.equal((await stripe.invoices.list()).data.length, 1)
  })

  it('tells at each field what is wrong with it, and keeps what was typed but the card', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const session = await openSession(running, price.id)
    const form = {
      email: 'reader',
      number: '5555 5555 5555 4444',
      expiry: '10 / 26',
      cvc: '12',
      name: 'Ada "A" Reader',
    }
    const response = await pay(session, form)
    const page = await response.text()
    assert.equal(response.status, 422)
    for (const field of ['email', 'number', 'expiry', 'cvc']) {
      assert.match(
        page,
        new RegExp(`id="${field}"[^>]*aria-describedby="${field}-error[^>]*aria-invalid="true"`),
      )
      assert.match(page, new RegExp(`id="${field}-error"`))
    }
    assert.doesNotMatch(page, /name-error/)
    assert.match(page, /value="reader"/)
    assert.match(page, /value="10 \/ 26"/)
    assert.match(page, /value="Ada &#34;A&#34; Reader"/)
    assert.doesNotMatch(page, /5555|value="12"/)
    assert.match(page, /takes its test cards only, such as 4242\u00a04242\u00a04242\u00a04242/)
    assert.equal((await running.stripe.subscriptions.list()).data.length, 0)
  })

  it('declines the card that is always declined, and takes a good one after it', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const session = await openSession(running, price.id)
    const declined = await pay(session, { ...goodForm, number: '4000000000000002' })
    assert.equal(declined.status, 422)
    assert.match(await declined.text(), /Your card was declined\./)
    assert.equal(
      (await pay(session, { ...goodForm, number: '4242-4242-4242-4242', expiry: '1126' })).status,
      303,
    )
  })

  it('takes a card to the end of the month printed on it', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    await running.sandbox.clock.advance(7 * dayMs)
    const session = await openSession(running, price.id)
    assert.equal((await pay(session, { ...goodForm, expiry: '11/26' })).status, 422)
    assert.equal((await pay(session, { ...goodForm, expiry: '12/26' })).status, 303)
  })

  it('says so when the session has expired or is already paid, and takes nothing', async () => {
    await using running = await runSandbox()
    const price = await createPlan(running)
    const [paid, expired] = [await openSession(running, price.id), await openSession(running, price.id)]
    await pay(paid)
    assert.match(await textOf(fetch(String(paid.url))), /already paid/)
    await running.sandbox.clock.advance(dayMs)
    const response = await fetch(String(expired.url))
    assert.equal(response.status, 410)
    assert.match(await textOf(response), /has expired/)
    assert.equal((await pay(expired)).status, 410)
    assert.equal((await running.stripe.subscriptions.list()).data.length, 1)
    assert.equal((await fetch(`${running.pagesUrl}/checkout/cs_test_none`)).status, 404)
  })
})
