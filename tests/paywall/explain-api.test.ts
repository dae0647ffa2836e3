import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { importKey, type Service, siteKey, startService } from '../support/service.ts'

let service: Service
before(async () => {
  service = await startService()
})
after(() => service.stop())

const explain = (body: object, key = siteKey) =>
  request(service.url).post('/v1/console/explain').set('Authorization', `Bearer ${key}`).send(body)

describe('why did this reader see this?', () => {
  it('is told of a reader of a browser, by the id the service gave them', async () => {
    const browser = request.agent(service.url)
    for (const id of ['a', 'b', 'c', 'd', 'e']) await browser.post('/v1/views').send({ article: { id } })
    const { body: me } = await browser.get('/v1/reader')
    const { body } = await explain({ reader: { newsrackId: me.reader.id }, article: { id: 'f' } }).expect(200)
    assert.equal(body.reason, 'meter_stop')
    assert.equal(body.configVersion, 1)
    assert.match(body.why.rules.at(-1).says, /refused: no free view is left; used 5 of 5/)
    assert.equal(body.why.offers[0].chosen, true)
  })

  it('is told of a reader the publisher names, at a past instant', async () => {
    const about = { reader: { id: 'anna' }, article: { id: 'a' }, at: '2026-01-10T12:00:00Z' }
    const { body } = await explain(about, importKey).expect(200)
    assert.equal(body.meter.resetsAt, '2026-02-01T00:00:00-05:00')
  })

  it('counts nothing', async () => {
    const about = { reader: { id: 'ben' }, article: { id: 'a' } }
    await explain(about)
    const { body } = await explain(about)
    assert.equal(body.meter.used, 0)
  })

  it('is told to who has a key or is signed in to the console, and to nobody else', async () => {
    const about = { reader: { id: 'ben' }, article: { id: 'a' } }
    await request(service.url).post('/v1/console/explain').send(about).expect(401)
    await explain(about, 'a key nobody has given out').expect(401)
  })
})
