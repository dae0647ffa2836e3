import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { siteKey } from '../support/service.ts'
import { openShop, type Shop, type Subscriber } from './shop.ts'

let shop: Shop
let reader: Subscriber
before(async () => {
  shop = await openShop()
  reader = await shop.subscriber()
})
after(() => shop.close())

const ask = (query = '') =>
  request(shop.url)
    .get(`/v1/console/consents${query}`)
    .set('Authorization', `Bearer ${siteKey}`)
    .buffer(true)
    .parse((response, done) => {
      let text = ''
      response.on('data', (chunk: Buffer) => {
        text += chunk
      })
      response.on('end', () => done(null, text))
    })

describe('the records of consent', () => {
  it('hold the exact text, its hash, the version, the time, the reader and the offer', async () => {
    const { body, headers } = await ask().expect(200)
    const lines = String(body).trim().split('\n')
    assert.equal(lines.length, 1)
    const { terms, termsHash, ...rest } = JSON.parse(lines[0] ?? '')
    assert.match(terms, /^Nothing to pay today\. On April 24, 2027 your first bill comes to \$20\.24/)
    assert.equal(termsHash, hash('sha256', terms))
    assert.deepEqual(rest, {
      attempt: reader.attempt.id,
      at: '2026-11-24T12:00:00+00:00',
      site: 'demo',
      reader: reader.attempt.reader,
      offer: '25c-for-5-months',
      plan: 'unlimited-digital',
      configVersion: 1,
      language: 'en-US',
      status: 'complete',
    })
    assert.match(String(headers['content-disposition']), /consents\.ndjson/)
  })

  it('can be had as a table', async () => {
    const { body, headers } = await ask('?format=csv').expect(200)
    const [head, row] = String(body).split('\r\n')
    assert.equal(head, 'attempt,at,site,reader,offer,plan,configVersion,language,status,termsHash,terms')
    assert.match(row ?? '', /^at_.*,complete,[0-9a-f]{64},"Nothing to pay today\. On April 24, 2027 your/)
    assert.match(String(headers['content-type']), /text\/csv/)
  })

  it('are those of the time that is asked for', async () => {
    const at = (query: string) =>
      ask(query)
        .expect(200)
        .then(({ body }) => String(body))
    assert.equal(await at('?from=2026-11-24T12:00:01Z'), '')
    assert.equal(await at('?to=2026-11-24T13:00:00%2B01:00'), '')
    assert.match(await at('?from=2026-11-24T12:00:00Z&to=2026-11-24T12:00:01Z'), /"attempt"/)
  })

  it('are for the site’s own key, and a question that can be answered', async () => {
    await request(shop.url).get('/v1/console/consents').expect(401)
    await reader.browser.get('/v1/console/consents').expect(401)
    const { body } = await ask('?from=yesterday').expect(400)
    assert.match(String(body), /from: expected an instant with an offset/)
  })
})
