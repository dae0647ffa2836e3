import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buy, createPlan, goodForm } from './buying.ts'
import { dayMs, type Running, runSandbox } from './sandbox-under-test.ts'

const declining = '4000 0000 0000 0002'
const challenged = '4000 0000 0000 3220'
const failing = '4000 0000 0000 0341'

async function openPortal({ stripe }: Running, customer: string): Promise<string> {
  const session = await stripe.billingPortal.sessions.create({
    customer,
    return_url: 'http://localhost:3000/',
  })
  assert.equal(session.customer, customer)
  return session.url
}

function send(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
}

async function renewals({ stripe }: Running, subscription: string): Promise<[string | null, number][]> {
  const { data } = await stripe.invoices.list({ subscription })
  return data.map(({ status, amount_paid: paid }) => [status, paid])
}

describe('the customer portal', () => {
  it('sets `cancel_at` and leaves the flag as it is, and takes back either', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription, customer } = await buy(running, (await createPlan(running)).id)
    const url = await openPortal(running, customer)
    await send(url, { act: 'cancel', subscription: subscription.id })
    const cancelled = await stripe.subscriptions.retrieve(subscription.id)
    assert.equal(cancelled.cancel_at, subscription.items.data[0]?.current_period_end)
    assert.equal(cancelled.cancel_at_period_end, false)
    await send(url, { act: 'renew', subscription: subscription.id })
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).cancel_at, null)
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    await send(url, { act: 'renew', subscription: subscription.id })
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).cancel_at, null)
    await running.sandbox.settled()
    assert.ok(running.types().includes('customer.subscription.updated'))
  })

  it('takes no other customer’s subscription and no made-up request', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const price = (await createPlan(running)).id
    const [mine, other] = [await buy(running, price), await buy(running, price)]
    const url = await openPortal(running, mine.customer)
    await send(url, { act: 'cancel', subscription: other.subscription.id })
    assert.equal((await stripe.subscriptions.retrieve(other.subscription.id)).cancel_at, null)
    assert.equal((await send(url, { act: 'everything' })).status, 200)
  })

  it('changes the card that what runs is charged to', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription, customer } = await buy(running, (await createPlan(running)).id)
    const url = await openPortal(running, customer)
    const refused = await send(url, { act: 'card', ...goodForm, number: declining })
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /Your card was declined/)
    await send(url, { act: 'card', ...goodForm, number: failing })
    await running.sandbox.clock.advance(28 * dayMs)
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'past_due')
    assert.match(await (await fetch(url)).text(), /This link has expired/)
  })

  it('has the bank ask before it keeps a card that wants to be asked', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { subscription, customer } = await buy(running, (await createPlan(running)).id)
    const url = await openPortal(running, customer)
    const cardNow = async () => (await stripe.subscriptions.retrieve(subscription.id)).default_payment_method
    const before = await cardNow()
    const ask = await send(url, { act: 'card', ...goodForm, number: challenged })
    const bank = String(ask.headers.get('location'))
    assert.equal(await cardNow(), before)
    const confirmed = await send(bank, { answer: 'confirm' })
    assert.equal(new URL(String(confirmed.headers.get('location'))).pathname, new URL(url).pathname)
    assert.notEqual(await cardNow(), before)
    const again = await send(url, { act: 'card', ...goodForm, number: challenged })
    const back = await send(String(again.headers.get('location')), { answer: 'refuse' })
    const page = await fetch(String(back.headers.get('location')))
    assert.match(await page.text(), /Your bank did not get your confirmation/)
  })
})

describe('the page of an invoice', () => {
  it('collects a renewal that failed once the card is good, and the subscription lives again', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const { subscription, customer } = await buy(running, (await createPlan(running)).id)
    await send(await openPortal(running, customer), { act: 'card', ...goodForm, number: failing })
    await sandbox.clock.advance(28 * dayMs)
    const { data } = await stripe.invoices.list({ subscription: subscription.id, status: 'open' })
    const url = String(data[0]?.hosted_invoice_url)
    assert.match(await (await fetch(url)).text(), /Not paid yet/)
    const declined = await send(url, {})
    assert.equal(declined.status, 422)
    assert.match(await declined.text(), /The card was declined\. Nothing was charged/)
    await send(await openPortal(running, customer), { act: 'card', ...goodForm })
    await send(url, {})
    assert.match(await (await fetch(url)).text(), /Paid \$19\.99/)
    assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'active')
  })

  it('leads to the bank where a renewal has to be confirmed', async () => {
    await using running = await runSandbox()
    const { stripe, sandbox } = running
    const { subscription, customer } = await buy(running, (await createPlan(running)).id)
    const card = await send(await openPortal(running, customer), {
      act: 'card',
      ...goodForm,
      number: challenged,
    })
    await send(String(card.headers.get('location')), { answer: 'confirm' })
    await sandbox.clock.advance(28 * dayMs)
    assert.deepEqual((await renewals(running, subscription.id))[0], ['open', 0])
    const { data } = await stripe.invoices.list({ subscription: subscription.id, status: 'open' })
    const ask = await send(String(data[0]?.hosted_invoice_url), {})
    await send(String(ask.headers.get('location')), { answer: 'confirm' })
    assert.deepEqual((await renewals(running, subscription.id))[0], ['paid', 1999])
  })

  it('is nobody’s where there is no such invoice', async () => {
    await using running = await runSandbox()
    assert.equal((await fetch(`${running.pagesUrl}/invoice/in_none`)).status, 404)
  })
})
