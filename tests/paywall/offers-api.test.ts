import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { configFolder } from '../support/config-folder.ts'
import { type Service, siteKey, startService } from '../support/service.ts'

const copy = 'plan: unlimited-digital, headline: Read on, button: Subscribe'
let service: Service
let folder: Awaited<ReturnType<typeof configFolder>>
before(async () => {
  folder = await configFolder({
    offers: `
- { id: phones, ${copy}, priority: 50, devices: [phone] }
- { id: french, ${copy}, priority: 40, countries: [FR] }
- { id: world, ${copy}, priority: 30, sections: [world] }
- { id: friends, ${copy}, priority: 20, referrers: [friend.example] }
- { id: members, ${copy}, priority: 10, audience: [registered] }
- { id: back, ${copy}, priority: 5, audience: [ended] }
- { id: standing, ${copy} }
- { id: gift, ${copy}, gift: { amount: 9900, months: 12 } }
- { id: french-gift, ${copy}, gift: { amount: 4900, months: 6 }, countries: [FR], priority: 1 }
- { id: stay, ${copy}, audience: [cancelling], intro: { kind: percent_off, percent: 50, for: once } }
`,
  })
  service = await startService({
    environment: { CONFIG_DIR: folder.path, COUNTRY_HEADER: 'CF-IPCountry' },
  })
})
after(async () => {
  await service.stop()
  await folder.remove()
})

const desktop = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const article = { id: 'a', class: 'premium' }

async function offerFor(body: object = {}, headers: Record<string, string> = {}): Promise<string> {
  const asked = await request(service.url)
    .post('/v1/access')
    .set({ 'User-Agent': desktop, ...headers })
    .send({ article, ...body })
    .expect(200)
  return asked.body.offer.id
}

const asServer = { Authorization: `Bearer ${siteKey}` }

describe('the offer on a wall', () => {
  it('is for everybody where a reader brings nothing special', async () => {
    assert.equal(await offerFor(), 'standing')
  })

  it('follows the device, by hint or user agent', async () => {
    assert.equal(await offerFor({}, { 'Sec-CH-UA-Mobile': '?1' }), 'phones')
    assert.equal(await offerFor({}, { 'User-Agent': 'Mozilla/5.0 (iPhone) Mobile/15E148' }), 'phones')
  })

  it('follows the country that the network in front says', async () => {
    assert.equal(await offerFor({}, { 'CF-IPCountry': 'FR' }), 'french')
    assert.equal(await offerFor({}, { 'CF-IPCountry': 'XX' }), 'standing')
    assert.equal(await offerFor({}, { 'X-Country': 'FR' }), 'standing')
  })

  it('follows the section and where the reader comes from', async () => {
    assert.equal(await offerFor({ article: { ...article, section: 'world' } }), 'world')
    assert.equal(await offerFor({ referrer: 'https://www.friend.example/list' }), 'friends')
  })

  it('follows what a publisher’s server says of reader and browser', async () => {
    const reader = { id: 'anna', registered: true }
    assert.equal(await offerFor({ reader }, asServer), 'members')
    assert.equal(await offerFor({ reader, client: { country: 'FR' } }, asServer), 'french')
    const client = { userAgent: 'Mozilla/5.0 (iPhone) Mobile/15E148' }
    assert.equal(await offerFor({ reader, client }, asServer), 'phones')
  })

  it('takes no country from a browser that says one itself', async () => {
    const { body } = await request(service.url)
      .post('/v1/access')
      .send({ article, client: { country: 'FR' } })
      .expect(403)
    assert.equal(body.code, 'site_key_required')
  })

  it('is explained, with what was asked of this reader', async () => {
    const { body } = await request(service.url)
      .post('/v1/console/explain')
      .set(asServer)
      .send({ article, reader: { id: 'ben' }, client: { country: 'CA', userAgent: desktop } })
      .expect(200)
    const says = Object.fromEntries(
      body.why.offers.map((offer: { id: string; says: string }) => [offer.id, offer.says]),
    )
    assert.equal(body.offer.id, 'standing')
    assert.equal(says.phones, 'Runs, but is shown on a phone, not on a desktop.')
    assert.equal(says.french, 'Runs, but is for readers in FR, not CA.')
    assert.equal(says.back, 'Runs, but is for ended readers only.')
    assert.equal(says.standing, 'Runs, and is the first by priority.')
  })
})

describe('beside the wall', () => {
  it('readers are offered gifts where these are sold', async () => {
    const { body } = await request(service.url).get('/v1/offers').set('CF-IPCountry', 'FR').expect(200)
    assert.equal(body.stay, null)
    const gifts = body.gifts.map(({ id, price }: { id: string; price: string }) => `${id}: ${price}`)
    assert.deepEqual(gifts, [
      'french-gift: $49 for 6 months, as a gift',
      'gift: $99 for 12 months, as a gift',
    ])
    const { body: elsewhere } = await request(service.url).get('/v1/offers').expect(200)
    assert.equal(elsewhere.gifts.length, 1)
  })

  it('a gift is bought by its id and the hash of its terms', async () => {
    const browser = request.agent(service.url)
    const { body } = await browser.get('/v1/offers')
    const [gift] = body.gifts
    const order = { offer: gift.id, termsHash: gift.termsHash, consent: true }
    await browser.post('/v1/checkout').send(order).expect(201)
  })
})

describe('at checkout', () => {
  it('an offer of another country is refused, and the reason is named', async () => {
    const browser = request.agent(service.url)
    const { body: met } = await browser.post('/v1/access').set('CF-IPCountry', 'FR').send({ article })
    const { id, termsHash } = met.offer
    const order = { offer: id, termsHash, consent: true }
    const { body } = await browser.post('/v1/checkout').set('CF-IPCountry', 'CA').send(order).expect(409)
    assert.deepEqual([body.code, body.reason], ['offer_unavailable', 'country'])
    await browser.post('/v1/checkout').set('CF-IPCountry', 'FR').send(order).expect(201)
  })
})
