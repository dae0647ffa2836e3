import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { createPreviewTokens } from '../../src/exemptions/preview-token.ts'
import { type Service, siteKey, startService } from '../support/service.ts'

const secret = 'a secret of at least thirty-two characters'
const now = Date.parse('2027-01-15T12:00:00-05:00')
const hour = 3_600_000

let service: Service
before(async () => {
  service = await startService({ environment: { NEWSRACK_SECRET: secret }, now: () => now })
})
after(() => service.stop())

const ask = (key: string, body: object = {}) =>
  request(service.url).post('/v1/previews').set('Authorization', `Bearer ${key}`).send(body)

describe('a publisher’s server asks for a preview token', () => {
  it('and gets one that is good for the hours it says, or for eight', async () => {
    const tokens = createPreviewTokens([secret])
    const day = await ask(siteKey, { hours: 24 }).expect(201)
    assert.equal(day.body.expiresAt, '2027-01-16T12:00:00-05:00')
    assert.equal(tokens.isStaff(day.body.token, 'demo', now + 24 * hour - 1), true)
    assert.equal(tokens.isStaff(day.body.token, 'demo', now + 24 * hour), false)
    assert.equal((await ask(siteKey).expect(201)).body.expiresAt, '2027-01-15T20:00:00-05:00')
  })

  it('and gets none for more than three days, or for another site', async () => {
    for (const hours of [0, 73, 1.5, '8']) {
      assert.equal((await ask(siteKey, { hours }).expect(400)).body.code, 'invalid_request')
    }
    assert.equal((await ask(siteKey, { site: 'other' }).expect(404)).body.code, 'unknown_site')
  })

  it('but nobody else gets one', async () => {
    assert.equal((await ask('not-a-key-of-the-site').expect(401)).body.code, 'unauthorized')
    const reader = await request(service.url).post('/v1/previews').send({}).expect(403)
    assert.equal(reader.body.code, 'site_key_required')
  })
})

it('pages of the site may send the token with their questions', async () => {
  const { headers } = await request(service.url).options('/v1/views').set('Origin', service.url).expect(204)
  assert.match(String(headers['access-control-allow-headers']), /\bNewsrack-Preview\b/)
})
