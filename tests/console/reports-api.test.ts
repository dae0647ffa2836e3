import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { type Service, siteKey, startService } from '../support/service.ts'
import { adminAt, type Browser } from './desk.ts'

describe('reports', () => {
  let service: Service
  let admin: Browser

  before(async () => {
    service = await startService()
    admin = await adminAt(service)
  })
  after(() => service.stop())

  async function view(reader: string, article: string, client = {}, section = 'world') {
    await request(service.url)
      .post('/v1/views')
      .set('Authorization', `Bearer ${siteKey}`)
      .send({ article: { id: article, section }, reader: { id: reader }, client })
      .expect(200)
  }

  /** Numbers are written every two seconds. */
  async function reportWith(path: string, isThere: (body: { total: { readers: number } }) => boolean) {
    for (;;) {
      const { body } = await admin.get(path).expect(200)
      if (isThere(body)) return body
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  it('tell readers, views, stops and offers of today, by section and device', async () => {
    for (const article of ['1', '2', '3', '4', '5', '6']) await view('ann', article)
    await view('ben', '1', { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148' }, 'sport')
    const report = await reportWith('reports?by=section', ({ total }) => total.readers === 2)
    const { readers, stopped, stopRate, views, stops, offersShown } = report.total
    assert.deepEqual(
      { readers, stopped, stopRate, views, stops, offersShown },
      { readers: 2, stopped: 1, stopRate: 0.5, views: 6, stops: 1, offersShown: report.total.offersShown },
    )
    assert.ok(offersShown >= 1)
    assert.deepEqual(
      report.rows.map(({ value, readers, views }: { value: string; readers: number; views: number }) => ({
        value,
        readers,
        views,
      })),
      [
        { value: 'sport', readers: 1, views: 1 },
        { value: 'world', readers: 1, views: 5 },
      ],
    )
    const byDevice = await admin.get('reports?by=device').expect(200)
    assert.deepEqual(
      byDevice.body.rows.map(({ value }: { value: string }) => value),
      ['phone'],
    )
  })

  it('tell how many readers stand at which view', async () => {
    const { body } = await admin.get('reports/standings').expect(200)
    const [meter] = body.meters
    assert.deepEqual(meter.limit, { anonymous: 5, registered: 5 })
    assert.deepEqual(
      meter.readers.map(({ readers }: { readers: number }) => readers),
      [1, 0, 0, 0, 1],
    )
  })

  it('name what is wrong with a period', async () => {
    const { body } = await admin.get('reports?from=2026-11-24&to=2026-11-01').expect(400)
    assert.match(body.detail, /to: .*from 2026-11-24 on/)
    const long = await admin.get('reports?from=2020-01-01&to=2026-11-01').expect(400)
    assert.match(long.body.detail, /at most 400 days/)
  })

  it('are for the console’s people only', async () => {
    await request(service.url).get('/v1/console/reports').expect(401)
  })
})
