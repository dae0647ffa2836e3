import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { stopWallOf } from '../support/buying.ts'
import { type Service, startService } from '../support/service.ts'

let service: Service
before(async () => {
  service = await startService()
})
after(() => service.stop())

describe('buying the offer on the wall', () => {
  it('opens a Checkout page for exactly that offer, and says how the attempt stands', async () => {
    const { browser, offer } = await stopWallOf(service)
    const { body } = await browser
      .post('/v1/checkout')
      .send({
        offer: offer.id,
        termsHash: offer.termsHash,
        consent: true,
        returnTo: '/2026/11/flood-aid?x=1',
      })
      .expect(201)
    assert.match(body.url, /\/sandbox\/checkout\/cs_test_/)
    await browser.get(`/v1/checkout/${body.attempt}`).expect(200, { status: 'open' })
  })

  it('tells nobody else about the attempt', async () => {
    const { browser, offer } = await stopWallOf(service)
    const { body } = await browser
      .post('/v1/checkout')
      .send({ offer: offer.id, termsHash: offer.termsHash, consent: true, returnTo: '/' })
    await request(service.url).get(`/v1/checkout/${body.attempt}`).expect(404)
  })

  type Refusal = [what: string, changes: object, code: string, status: number, says: RegExp]
  const refusals: Refusal[] = [
    ['an offer that does not exist', { offer: 'gold' }, 'offer_unavailable', 409, /gold/],
    ['no consent', { consent: false }, 'consent_required', 422, /consent/],
    ['terms that were never shown', { termsHash: 'abc' }, 'terms_changed', 409, /other terms/],
    ['a price of the browser’s own', { price: 1 }, 'invalid_request', 400, /price: expected no such field/],
    ['a way back to another site', { returnTo: '//evil.example/' }, 'invalid_request', 400, /returnTo/],
    [
      'a way back to another site, in disguise',
      { returnTo: '/\\evil.example' },
      'invalid_request',
      400,
      /returnTo/,
    ],
    [
      'a way back to another site, behind a line break',
      { returnTo: '/\n/evil.example' },
      'invalid_request',
      400,
      /returnTo/,
    ],
    ['an absolute way back', { returnTo: 'https://evil.example/' }, 'invalid_request', 400, /returnTo/],
  ]
  for (const [what, changes, code, status, says] of refusals) {
    it(`refuses ${what}`, async () => {
      const { browser, offer } = await stopWallOf(service)
      const good = { offer: offer.id, termsHash: offer.termsHash, consent: true, returnTo: '/' }
      const { body } = await browser
        .post('/v1/checkout')
        .send({ ...good, ...changes })
        .expect(status)
      assert.equal(body.code, code)
      assert.match(body.detail, says)
    })
  }

  it('answers changed terms with the new ones', async () => {
    const { browser, offer } = await stopWallOf(service)
    const { body } = await browser
      .post('/v1/checkout')
      .send({ offer: offer.id, termsHash: 'old', consent: true, returnTo: '/' })
      .expect(409)
    assert.deepEqual(body.offer, offer)
  })

  it('refuses the eleventh attempt of one reader in an hour, and says when to come back', async () => {
    const { browser, offer } = await stopWallOf(service)
    const order = { offer: offer.id, termsHash: offer.termsHash, consent: true, returnTo: '/' }
    for (let attempt = 0; attempt < 10; attempt += 1)
      await browser.post('/v1/checkout').send(order).expect(201)
    const { body, headers } = await browser.post('/v1/checkout').send(order).expect(429)
    assert.equal(body.code, 'too_many_attempts')
    assert.ok(Number(headers['retry-after']) > 0)
  })

  it('refuses a page of another origin', async () => {
    const { browser, offer } = await stopWallOf(service)
    const { body } = await browser
      .post('/v1/checkout')
      .set('Origin', 'https://evil.example')
      .send({ offer: offer.id, termsHash: offer.termsHash, consent: true, returnTo: '/' })
      .expect(403)
    assert.equal(body.code, 'origin_not_allowed')
  })
})

describe('a webhook that nobody signed', () => {
  for (const [what, signature] of [
    ['without a signature', undefined],
    ['with a signature of somebody else', 't=1,v1=00'],
  ] as const) {
    it(`is refused ${what}`, async () => {
      const { body } = await request(service.url)
        .post('/v1/webhooks/stripe')
        .set({ 'Content-Type': 'application/json', ...(signature && { 'Stripe-Signature': signature }) })
        .send('{"id":"evt_1","type":"customer.subscription.created"}')
        .expect(400)
      assert.equal(body.code, 'invalid_signature')
    })
  }
})
