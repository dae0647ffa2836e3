import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { type Browser, payWithCard } from '../support/buying.ts'
import { configFolder } from '../support/config-folder.ts'
import { type Service, startService } from '../support/service.ts'
import { openStripeAccount, type StripeAccount } from '../support/stripe-account.ts'

const offers = `
- id: a-year-of-reading
  plan: unlimited-digital
  headline: A year of reading
  button: Give it
  gift: { amount: 12000, months: 12 }
- id: standing
  plan: unlimited-digital
  headline: Unlimited Digital Access
  button: Subscribe
`

let account: StripeAccount
let service: Service
let folder: Awaited<ReturnType<typeof configFolder>>
before(async () => {
  folder = await configFolder({ offers })
  account = await openStripeAccount({ now: () => Date.UTC(2026, 10, 24, 12) })
  service = await startService({
    environment: { ...account.environment, CONFIG_DIR: folder.path },
    now: account.sandbox.clock.now,
  })
  account.notify(service.url)
})
after(async () => {
  await service.stop()
  await account.close()
  await folder.remove()
})

const premium = { article: { id: 'for subscribers', class: 'premium' } }

/** What is asked with terms that were never shown is answered with those of now. */
async function press(browser: Browser, offer: string): Promise<string> {
  const order = { offer, termsHash: 'unknown', consent: true, returnTo: '/' }
  const { body } = await browser.post('/v1/checkout').send(order).expect(409)
  const { termsHash } = body.offer
  const opened = await browser
    .post('/v1/checkout')
    .send({ ...order, termsHash })
    .expect(201)
  return opened.body.url
}

/** A gift that somebody has paid for: the path of its link. */
async function aGift(): Promise<string> {
  const back = new URL(await payWithCard(await press(request.agent(service.url), 'a-year-of-reading')))
  const { text } = await request(service.url)
    .get(back.pathname + back.search)
    .expect(200)
  const [, path = ''] = /href="http:\/\/localhost:\d+(\/gift\/[\w.-]+)"/.exec(text) ?? []
  assert.ok(path, text)
  return path
}

const accept = (browser: Browser, path: string) => browser.post(path).set('Origin', service.url)

describe('a gift subscription', () => {
  it('is paid once, and whoever paid comes back to the link to give on', async () => {
    const path = await aGift()
    assert.match(path, /^\/gift\/at_/)
    const { data } = await account.stripe.subscriptions.list()
    assert.deepEqual(data, [])
  })

  it('says what it is and for how long, and redeems nothing by being looked at', async () => {
    const path = await aGift()
    for (const time of ['once', 'twice']) {
      const { text } = await request(service.url).get(path).expect(200)
      assert.match(text, /Unlimited Digital Access for 12 months: until November 24, 2027/, time)
    }
  })

  it('opens the articles to the reader who accepts it, who may press twice, and to nobody after them', async () => {
    const path = await aGift()
    const friend = request.agent(service.url)
    await friend.get(path).expect(200)
    for (const time of ['once', 'twice']) {
      const { text } = await accept(friend, path).expect(200)
      assert.match(text, /is yours until November 24, 2027/, time)
    }
    assert.equal((await friend.post('/v1/access').send(premium)).body.reason, 'subscriber')
    const { body } = await friend.get('/v1/reader').expect(200)
    assert.equal(body.subscription.nextCharge, null)

    const stranger = request.agent(service.url)
    assert.match((await accept(stranger, path).expect(409)).text, /already been accepted/)
    assert.equal((await stranger.post('/v1/access').send(premium)).body.granted, false)
  })

  it('is not accepted by a reader who has a subscription, who can give it on', async () => {
    const path = await aGift()
    const subscriber = request.agent(service.url)
    const back = new URL(await payWithCard(await press(subscriber, 'standing')))
    await subscriber.get(back.pathname + back.search).expect(303)
    assert.match((await accept(subscriber, path).expect(409)).text, /You can read everything already/)
    await accept(request.agent(service.url), path).expect(200)
  })

  it('cannot be cancelled by its reader, for there is nothing to pay', async () => {
    const friend = request.agent(service.url)
    await accept(friend, await aGift()).expect(200)
    assert.equal((await friend.post('/v1/subscription/cancel').expect(409)).body.code, 'not_subscribed')
    assert.equal((await friend.post('/v1/access').send(premium)).body.granted, true)
  })

  it('waits while its payment is disputed, and is accepted once that is won', async () => {
    const path = await aGift()
    const [charge] = (await account.stripe.charges.list({ limit: 1 })).data
    account.sandbox.dispute(charge?.id ?? '')
    const friend = request.agent(service.url)
    const { text } = await accept(friend, path).expect(409)
    assert.match(text, /being clarified with the bank/)
    assert.equal((await friend.post('/v1/access').send(premium)).body.granted, false)
    const [dispute] = (await account.stripe.disputes.list()).data
    const evidence = { uncategorized_text: 'winning_evidence' }
    await account.stripe.disputes.update(dispute?.id ?? '', { evidence, submit: true })
    await accept(friend, path).expect(200)
    assert.equal((await friend.post('/v1/access').send(premium)).body.granted, true)
  })

  it('cannot be made up', async () => {
    const path = await aGift()
    for (const forged of [
      `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`,
      '/gift/at_1',
      '/gift/x.y',
    ]) {
      const { body } = await request(service.url).get(forged).expect(404)
      assert.equal(body.code, 'not_found')
    }
  })

  it('is not accepted for a reader by another page', async () => {
    const path = await aGift()
    const { body } = await request(service.url).post(path).set('Origin', 'https://evil.example').expect(403)
    assert.equal(body.code, 'origin_not_allowed')
  })
})

describe('without Stripe', () => {
  it('a reader is told so in plain words, can try again, and is led to one page only', async () => {
    const browser = request.agent(service.url)
    const order = { offer: 'standing', termsHash: 'unknown', consent: true, returnTo: '/' }
    const { body } = await browser.post('/v1/checkout').send(order).expect(409)
    account.sandbox.outages.begin({ kind: 'error' })
    const refused = await browser
      .post('/v1/checkout')
      .send({ ...order, termsHash: body.offer.termsHash })
      .expect(503)
    assert.equal(refused.body.code, 'payments_unavailable')
    assert.ok(Number(refused.headers['retry-after']) > 0)
    account.sandbox.outages.end()
    const page = await press(browser, 'standing')
    assert.equal(await press(browser, 'standing'), page)
  })

  it('a gift’s page says so, with a button to try again, and who comes back from paying is told to wait', async () => {
    const path = await aGift()
    const unheard = request.agent(service.url)
    const url = await press(unheard, 'standing')
    account.notify('http://127.0.0.1:9')
    const back = new URL(await payWithCard(url))
    await account.goAway()
    const waiting = await unheard.get(back.pathname + back.search).expect(200)
    assert.match(waiting.text, /We are confirming your payment/)
    assert.match(waiting.text, /http-equiv="refresh"/)
    const { text, headers } = await request(service.url).get(path).expect(503)
    assert.match(text, /Please try again/)
    assert.match(text, new RegExp(`<form method="get" action="${path}">`))
    assert.ok(Number(headers['retry-after']) > 0)
  })
})
