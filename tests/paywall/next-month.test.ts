import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { stopWallOf } from '../support/buying.ts'
import { type Service, startService } from '../support/service.ts'

const day = 86_400_000
let now = Date.UTC(2026, 10, 24, 12)
let service: Service
before(async () => {
  service = await startService({ now: () => now })
})
after(() => service.stop())

it('when the sale has ended the wall shows the standing offer, the sale cannot be bought, and a new month has free articles', async () => {
  const { browser, offer: sale } = await stopWallOf(service)
  assert.equal(sale.id, '25c-for-5-months')

  now += 10 * day
  const order = { offer: sale.id, termsHash: sale.termsHash, consent: true }
  const { body: refusal } = await browser.post('/v1/checkout').send(order).expect(409)
  assert.equal(refusal.code, 'offer_ended')

  const { body: open } = await browser
    .post('/v1/views')
    .send({ article: { id: 'in December' } })
    .expect(200)
  assert.equal(open.meter.used, 1)
  const { offer } = await stopWallOf(service)
  assert.equal(offer.id, 'standing')
  assert.equal(offer.price, '$19.99 every 4 weeks')
  assert.deepEqual(offer.notes, ['Cancel anytime'])
})
