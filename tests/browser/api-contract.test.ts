import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Answer as BrowserAnswer } from '../../src/browser/page-api.d.ts'
import type { CheckoutRequest, Reading } from '../../src/browser/service.ts'
import { type AccessRequest, accessRequestSchema } from '../../src/paywall/access-request.ts'
import type { Answer } from '../../src/paywall/answer.ts'
import { stopWallOf } from '../support/buying.ts'
import { type Service, startService } from '../support/service.ts'

let service: Service
before(async () => {
  service = await startService()
})
after(() => service.stop())

/** The compiler holds what the script understands to what the service says. */
const understood = (answer: Answer): BrowserAnswer => answer
const accepted = (reading: Reading): AccessRequest => accessRequestSchema.parse(reading)

it('the service accepts what the script says of a page, and answers what the script understands', async () => {
  const reading: Reading = {
    site: 'demo',
    article: { id: 'a', section: 'world', tags: ['asia'], class: 'metered', url: 'https://example.com/a' },
    referrer: 'https://example.com/',
    gift: 'g1.token',
    language: 'de-AT',
  }
  assert.equal(accepted(reading).article.id, 'a')
  const { browser } = await stopWallOf(service)
  const { body } = await browser.post('/v1/views').send(reading).expect(200)
  assert.equal(understood(body).offer?.id, '25c-for-5-months')
})

it('the service accepts the order that the script sends', async () => {
  const { browser, offer } = await stopWallOf(service)
  const order: CheckoutRequest = {
    site: 'demo',
    section: 'world',
    offer: offer.id,
    termsHash: offer.termsHash,
    consent: true,
    returnTo: '/a?b=c',
    language: 'en',
  }
  await browser.post('/v1/checkout').send(order).expect(201)
})
