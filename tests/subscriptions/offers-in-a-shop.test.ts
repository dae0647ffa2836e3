import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { payWithCard } from '../support/buying.ts'
import { configFolder } from '../support/config-folder.ts'
import { dayMs, forSubscribers, openShop, type Shop } from './shop.ts'

const copy = 'plan: unlimited-digital, headline: Read on, button: Subscribe'
let shop: Shop
let folder: Awaited<ReturnType<typeof configFolder>>
before(async () => {
  folder = await configFolder({
    offers: `
- { id: sale, ${copy}, priority: 50, audience: [never_subscribed], intro: { kind: in_all, amount: 100, months: 1 } }
- { id: back, ${copy}, priority: 40, audience: [ended], intro: { kind: each_period, amount: 100, for: { weeks: 12 } } }
- { id: standing, ${copy} }
- { id: stay, ${copy}, audience: [cancelling], oncePerReader: true, intro: { kind: percent_off, percent: 50, for: once } }
- { id: only-one, ${copy}, gift: { amount: 9900, months: 12 }, redemptions: 1 }
`,
  })
  shop = await openShop({ environment: { CONFIG_DIR: folder.path } })
})
after(async () => {
  await shop.close()
  await folder.remove()
})

type Browser = Awaited<ReturnType<Shop['subscriber']>>['browser']

async function beside(browser: Browser): Promise<{ stay: ShownOffer | null; gifts: ShownOffer[] }> {
  const { body } = await browser.get('/v1/offers').expect(200)
  return body
}

type ShownOffer = { id: string; price: string; termsHash: string }

function buy(browser: Browser, { id, termsHash }: ShownOffer) {
  return browser.post('/v1/checkout').send({ offer: id, termsHash, consent: true })
}

describe('a reader', () => {
  it('begins by the sale, is won back when they leave, and is welcomed when they come back', async () => {
    const { browser } = await shop.subscriber()
    assert.equal((await beside(browser)).stay, null)

    await browser.post('/v1/subscription/cancel').expect(200)
    const { stay } = await beside(browser)
    assert.ok(stay !== null)
    assert.equal(stay.price, '50% off your next bill')
    await buy(browser, stay).expect(201)
    await shop.settled()
    const { body: kept } = await browser.get('/v1/reader')
    assert.equal(kept.subscription.endsAt, null)
    assert.equal(kept.subscription.nextCharge.amount, 999)

    await browser.post('/v1/subscription/cancel').expect(200)
    assert.equal((await beside(browser)).stay, null)
    await shop.waitUntil(shop.now() + 40 * dayMs)
    await shop.settled()
    const { body: met } = await browser.post('/v1/access').send(forSubscribers)
    assert.deepEqual([met.granted, met.offer.id], [false, 'back'])
    assert.equal(met.offer.price, '$1 every 4 weeks for 12 weeks')
    const { body } = await buy(browser, met.offer).expect(201)
    const back = new URL(await payWithCard(body.url))
    await browser.get(back.pathname + back.search).expect(303)
    const { body: again } = await browser.post('/v1/access').send(forSubscribers)
    assert.equal(again.reason, 'subscriber')
    const { body: reader } = await browser.get('/v1/reader')
    assert.deepEqual([reader.subscription.offer, reader.subscription.nextCharge.amount], ['back', 100])
  })
})

describe('an offer of which one is sold', () => {
  it('is refused to the second reader, and the reason is named', async () => {
    const first = request.agent(shop.url)
    const second = request.agent(shop.url)
    const [gift] = (await beside(first)).gifts
    await beside(second)
    assert.ok(gift)
    await buy(first, gift).expect(201)
    const { body } = await buy(second, gift).expect(409)
    assert.deepEqual([body.code, body.reason], ['offer_unavailable', 'sold_out'])
  })
})
