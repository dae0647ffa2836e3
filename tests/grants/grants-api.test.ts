import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import request from 'supertest'
import { startRedis } from '../support/redis.ts'
import { importKey, type Service, siteKey, startService } from '../support/service.ts'

let service: Service
before(async () => {
  service = await startService()
})
after(() => service.stop())

async function claimsOf(grant: string, { url } = service) {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', url))
  return (await jwtVerify(grant, keys, { issuer: url, audience: 'demo', algorithms: ['ES256'] })).payload
}

describe('an opened article of a site that withholds its text', () => {
  it('comes with a grant for this article, which anyone verifies with the published keys', async () => {
    const { body } = await request(service.url)
      .post('/v1/views')
      .send({ article: { id: 'a', class: 'metered' } })
    assert.equal(body.reason, 'metered')
    const claims = await claimsOf(body.grant)
    assert.equal(claims.article, 'a')
    assert.equal(claims.class, 'metered')
    assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 5 * 60)
  })

  it('comes with one each time it is opened again', async () => {
    const browser = request.agent(service.url)
    await browser.post('/v1/views').send({ article: { id: 'a' } })
    const { body } = await browser.post('/v1/views').send({ article: { id: 'a' } })
    assert.equal(body.reason, 'reread')
    assert.equal((await claimsOf(body.grant)).article, 'a')
  })

  it('comes with one for the reader whom a publisher’s server names', async () => {
    const { body } = await request(service.url)
      .post('/v1/views')
      .set('Authorization', `Bearer ${siteKey}`)
      .send({ article: { id: 'a' }, reader: { id: 'reader@example.com' } })
    assert.ok(!JSON.stringify(await claimsOf(body.grant)).includes('reader@example.com'))
  })
})

describe('no grant', () => {
  it('comes with a refusal', async () => {
    const browser = request.agent(service.url)
    for (const id of ['a', 'b', 'c', 'd', 'e']) await browser.post('/v1/views').send({ article: { id } })
    const { body } = await browser.post('/v1/views').send({ article: { id: 'f' } })
    assert.equal(body.granted, false)
    assert.equal(body.grant, null)
  })

  it('comes from asking, which counts nothing', async () => {
    const { body } = await request(service.url)
      .post('/v1/access')
      .send({ article: { id: 'a' } })
    assert.equal(body.granted, true)
    assert.equal(body.grant, null)
  })

  it('comes for calling an article free', async () => {
    const { body } = await request(service.url)
      .post('/v1/views')
      .send({ article: { id: 'a', class: 'free' } })
    assert.equal(body.granted, true)
    assert.equal(body.grant, null)
  })

  it('comes from importing what was read in the past', async () => {
    const { body } = await request(service.url)
      .post('/v1/views')
      .set('Authorization', `Bearer ${importKey}`)
      .send({ article: { id: 'a' }, reader: { id: 'r' }, at: '2026-01-02T03:04:05Z' })
    assert.equal(body.granted, true)
    assert.equal(body.grant, null)
  })
})

describe('the key set', () => {
  it('may be kept for an hour, and read by any page', async () => {
    const { headers, body } = await request(service.url).get('/.well-known/jwks.json').expect(200)
    assert.match(headers['cache-control'] ?? '', /^public, max-age=3600/)
    assert.equal(headers['access-control-allow-origin'], '*')
    assert.ok(body.keys.length >= 1)
  })

  it('outlives a restart: a grant from before it verifies', async () => {
    const { body } = await request(service.url)
      .post('/v1/views')
      .send({ article: { id: 'a' } })
    await service.restart()
    assert.equal((await claimsOf(body.grant)).article, 'a')
  })
})

describe('while the store is away', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  let away: Service
  before(async () => {
    redis = await startRedis()
    away = await startService({ environment: { REDIS_URL: redis.url } })
  })
  after(async () => {
    await away.stop()
    await redis.stop()
  })

  it('readers whom the policy lets in get the text too, signed with the same keys', async () => {
    await redis.kill()
    const { body } = await request(away.url)
      .post('/v1/views')
      .send({ article: { id: 'a' } })
    assert.equal(body.reason, 'store_unavailable')
    assert.equal((await claimsOf(body.grant, away)).article, 'a')
  })
})
