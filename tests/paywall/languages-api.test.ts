import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { configFolder } from '../support/config-folder.ts'
import { type Service, startService } from '../support/service.ts'

let service: Service
let folder: Awaited<ReturnType<typeof configFolder>>
before(async () => {
  folder = await configFolder({
    sites: `
- id: demo
  name: The Harbor Lantern
  timeZone: America/New_York
  language: en-US
  languages: [de-DE, ar]
`,
    offers: `
- id: standing
  plan: unlimited-digital
  headline: Unlimited Digital Access
  button: Subscribe
  translations:
    de-DE: { headline: Unbegrenzt lesen, button: Abonnieren }
    ar: { headline: قراءة بلا حدود, button: اشترك }
`,
  })
  service = await startService({ environment: { CONFIG_DIR: folder.path } })
})
after(async () => {
  await service.stop()
  await folder.remove()
})

const article = { id: 'a', class: 'premium' }

async function wallIn(language?: string) {
  const browser = request.agent(service.url)
  const { body } = await browser.post('/v1/access').send({ article, language }).expect(200)
  return { browser, offer: body.offer }
}

describe('the language of an offer', () => {
  it('is the one that the page asks for, where the site speaks it', async () => {
    const { offer } = await wallIn('de')
    assert.equal(offer.language, 'de-DE')
    assert.deepEqual([offer.headline, offer.button], ['Unbegrenzt lesen', 'Abonnieren'])
    assert.equal(offer.price, '19,99\u00a0$ alle 4 Wochen')
    assert.match(offer.terms, /^Sie zahlen heute/)
    assert.equal((await wallIn('ar-EG')).offer.language, 'ar')
  })

  it('is the site’s usual one for every other language, and for what is none', async () => {
    for (const language of [undefined, 'fr-FR', 'en_GB', '', 'no language at all', '../../etc']) {
      assert.equal((await wallIn(language)).offer.language, 'en-US')
    }
  })

  it('is counted and asked about alike', async () => {
    const { body } = await request(service.url)
      .post('/v1/views')
      .send({ article, language: 'ar' })
      .expect(200)
    assert.equal(body.offer.headline, 'قراءة بلا حدود')
  })

  it('is the language of the terms agreed to: those of another one are other terms', async () => {
    const { browser, offer } = await wallIn('ar')
    const order = { offer: offer.id, termsHash: offer.termsHash, consent: true }
    const { body } = await browser.post('/v1/checkout').send(order).expect(409)
    assert.equal(body.code, 'terms_changed')
    assert.equal(body.offer.language, 'en-US')
    await browser
      .post('/v1/checkout')
      .send({ ...order, language: 'ar' })
      .expect(201)
  })
})
