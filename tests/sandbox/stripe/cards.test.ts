import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPlan, goodForm, openSession, pay } from './buying.ts'
import { dayMs, type Running, runSandbox } from './sandbox-under-test.ts'

const paysNothingYet = { subscription_data: { trial_period_days: 7 } }

function card(number: string) {
  return { ...goodForm, number }
}

async function statusOf({ stripe }: Running, session: { id: string }) {
  return (await stripe.checkout.sessions.retrieve(session.id)).status
}

describe('a test card', () => {
  const declined: [string, RegExp][] = [
    ['4000 0000 0000 0002', /Your card was declined\. Nothing was charged\. Try another card\./],
    [
      '4000 0000 0000 9995',
      /There is not enough money on this card\. Nothing was charged\. Try another card\./,
    ],
    ['4000 0000 0000 0341', /Your card was declined\./],
  ]
  for (const [number, words] of declined) {
    it(`${number} is declined in plain words, and another may be tried on the same page`, async () => {
      await using running = await runSandbox()
      const session = await openSession(running, (await createPlan(running)).id)
      const answer = await pay(session, card(number))
      const page = await answer.text()
      assert.equal(answer.status, 422)
      assert.match(page, words)
      assert.match(page, /value="reader@example\.com"/)
      assert.match(page, /value="Ada Reader"/)
      assert.equal(await statusOf(running, session), 'open')
      assert.equal((await running.stripe.subscriptions.list({ status: 'all' })).data.length, 0)
      assert.equal((await pay(session)).status, 303)
      assert.equal(await statusOf(running, session), 'complete')
    })
  }

  it('4000 0000 0000 0341 is accepted while nothing is due, and declined at the first charge', async () => {
    await using running = await runSandbox()
    const session = await openSession(running, (await createPlan(running)).id, paysNothingYet)
    assert.equal((await pay(session, card('4000 0000 0000 0341'))).status, 303)
    await running.sandbox.clock.advance(7 * dayMs)
    assert.equal((await running.stripe.subscriptions.list()).data[0]?.status, 'past_due')
  })

  it('is named on the page with what it does', async () => {
    await using running = await runSandbox()
    const session = await openSession(running, (await createPlan(running)).id)
    const page = await (await fetch(String(session.url))).text()
    assert.match(page, /<b>4000 0000 0000 3220<\/b> asks its owner to confirm/)
  })

  it('is declined when it is attached through the API, if it always is', async () => {
    await using running = await runSandbox()
    const { id } = await running.stripe.customers.create({ name: 'Ada' })
    await assert.rejects(running.stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer: id }), {
      code: 'card_declined',
      statusCode: 402,
    })
    await assert.rejects(running.stripe.paymentMethods.attach('pm_none', { customer: id }), {
      code: 'resource_missing',
    })
    await running.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: id })
  })
})

describe('a card whose bank asks for a confirmation', () => {
  async function challenged(running: Running) {
    const session = await openSession(running, (await createPlan(running)).id)
    const answer = await pay(session, card('4000 0000 0000 3220'))
    assert.equal(answer.status, 303)
    return { session, challenge: answer.headers.get('location') ?? '' }
  }

  function answerTo(challenge: string, answer: 'confirm' | 'refuse') {
    return fetch(challenge, { method: 'POST', body: new URLSearchParams({ answer }), redirect: 'manual' })
  }

  it('pays nothing before its owner has confirmed, and leads on when they have', async () => {
    await using running = await runSandbox()
    const { session, challenge } = await challenged(running)
    assert.equal(await statusOf(running, session), 'open')
    const page = await (await fetch(challenge)).text()
    assert.match(page, /Is it you who pays\?/)
    assert.match(page, /\$19\.99/)
    assert.match(page, /ending in 3220/)
    assert.doesNotMatch(page, /<script|style=|onclick|https:\/\//)
    const confirmed = await answerTo(challenge, 'confirm')
    assert.equal(confirmed.status, 303)
    assert.equal(confirmed.headers.get('location'), `http://localhost:3000/back?session=${session.id}`)
    assert.equal(await statusOf(running, session), 'complete')
    const [subscription] = (await running.stripe.subscriptions.list()).data
    assert.equal(subscription?.status, 'active')
  })

  it('pays once, however often its owner confirms', async () => {
    await using running = await runSandbox()
    const { session, challenge } = await challenged(running)
    const answers = await Promise.all([1, 2, 3].map(() => answerTo(challenge, 'confirm')))
    const back = `http://localhost:3000/back?session=${session.id}`
    assert.deepEqual(
      answers.map(({ headers }) => headers.get('location')),
      [back, back, back],
    )
    assert.equal((await running.stripe.charges.list()).data.length, 1)
  })

  it('pays nothing when its owner refuses, who may then try another card', async () => {
    await using running = await runSandbox()
    const { session, challenge } = await challenged(running)
    const refused = await answerTo(challenge, 'refuse')
    const back = refused.headers.get('location') ?? ''
    assert.ok(back.startsWith(String(session.url)))
    const page = await (await fetch(back)).text()
    assert.match(page, /Your bank did not get your confirmation\. Nothing was charged\./)
    assert.match(page, /value="reader@example\.com"/)
    assert.equal(await statusOf(running, session), 'open')
    assert.equal((await answerTo(challenge, 'confirm')).headers.get('location'), back)
    assert.equal(await statusOf(running, session), 'open')
    assert.equal((await fetch(challenge)).status, 410)
    assert.equal((await pay({ url: back })).status, 303)
    assert.equal(await statusOf(running, session), 'complete')
  })

  it('is not waited for longer than half an hour', async () => {
    await using running = await runSandbox()
    const { session, challenge } = await challenged(running)
    await running.sandbox.clock.advance(30 * 60_000)
    const late = await answerTo(challenge, 'confirm')
    assert.equal(late.status, 404)
    assert.match(await late.text(), /nothing was charged/)
    assert.equal(await statusOf(running, session), 'open')
  })

  it('leads to the page that says so when the session is closed meanwhile', async () => {
    await using running = await runSandbox()
    const { session, challenge } = await challenged(running)
    await running.stripe.checkout.sessions.expire(session.id)
    const answer = await answerTo(challenge, 'confirm')
    const page = await fetch(answer.headers.get('location') ?? '')
    assert.equal(page.status, 410)
    assert.equal((await running.stripe.charges.list()).data.length, 0)
  })
})
