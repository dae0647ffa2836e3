import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { payWithCard, pressBuy, stopWallOf } from '../support/buying.ts'
import { linkInOutbox } from '../support/outbox.ts'
import { type Service, startService } from '../support/service.ts'

const paper = 'https://www.example.com'
const inCache = 'https://www-example-com.cdn.ampproject.org'

/** What stands beside a refusal, and is bought on the site. */
const offered = { offerPrice: 'Only 25¢ for 5 months' }

let service: Service
let configDir: string
before(async () => {
  configDir = await mkdtemp(join(tmpdir(), 'newsrack-amp-'))
  await cp('config', configDir, { recursive: true })
  const sites = await readFile(join(configDir, 'sites.yaml'), 'utf8')
  await writeFile(join(configDir, 'sites.yaml'), `${sites}  amp: true\n  url: ${paper}\n`)
  service = await startService({ environment: { CONFIG_DIR: configDir } })
})
after(async () => {
  await service.stop()
  await rm(configDir, { recursive: true })
})

/** AMP's id of a reader who has not been here, as its document shows one. */
let made = 0
function anAmpReader(): string {
  made += 1
  return `amp-OFsqR4pPKynymPyMmplPNMvxSTsNQob3TnK-oE3nwVT0clORaZ1rkeEz8xej-vV${made}`
}

function queryOf(rid: string, article: string, more: Record<string, string> = {}): string {
  return new URLSearchParams({
    ...{ rid, site: 'demo', article, url: `${paper}/${article}`, ref: '', _: '0.123', ...more },
  }).toString()
}

/** As the AMP runtime asks on a page in the cache. */
function authorization(rid: string, article: string, more: Record<string, string> = {}) {
  return request(service.url)
    .get(`/v1/amp/authorization?${queryOf(rid, article, more)}`)
    .set('Origin', inCache)
    .set('Accept', 'application/json')
}

/** As it tells that the reader has begun to read: JSON that calls itself plain text, so that no preflight is needed. */
function pingback(rid: string, article: string, entitlement: object = {}) {
  return request(service.url)
    .post(`/v1/amp/pingback?${queryOf(rid, article)}`)
    .set('Origin', inCache)
    .set('Content-Type', 'text/plain;charset=utf-8')
    .send(JSON.stringify({ service: 'local', ...entitlement }))
}

async function read(rid: string, article: string): Promise<unknown> {
  const { body } = await authorization(rid, article).expect(200)
  if (body.granted) await pingback(rid, article, body).expect(204)
  return body
}

describe('an AMP page in the cache', () => {
  it('is told what the reader may read, in the words of amp-subscriptions', async () => {
    const rid = anAmpReader()
    await read(rid, 'a')
    const { body, headers } = await authorization(rid, 'b').expect(200)
    assert.deepEqual(body, {
      granted: true,
      grantReason: 'METERING',
      data: { isLoggedIn: false, reason: 'metered', articlesRead: 1, articlesLeft: 4, articleLimit: 5 },
    })
    assert.equal(headers['access-control-allow-origin'], inCache)
    assert.equal(headers['access-control-allow-credentials'], 'true')
    assert.equal(headers['cache-control'], 'no-store')
    assert.ok(Buffer.byteLength(JSON.stringify(body)) < 500)
    assert.ok(!JSON.stringify(body).includes('null'))
  })

  it('counts at the pingback, once an article, and never by asking', async () => {
    const rid = anAmpReader()
    for (let time = 0; time < 8; time += 1) await authorization(rid, `asked-${time}`).expect(200)
    for (const id of ['a', 'b', 'c', 'd', 'e', 'a']) await read(rid, id)
    const { body } = await authorization(rid, 'f').expect(200)
    assert.deepEqual(body, {
      granted: false,
      data: {
        isLoggedIn: false,
        reason: 'meter_stop',
        articlesRead: 5,
        articlesLeft: 0,
        articleLimit: 5,
        ...offered,
      },
    })
    assert.equal((await authorization(rid, 'a')).body.granted, true)
  })

  it('keeps its readers apart', async () => {
    const [one, other] = [anAmpReader(), anAmpReader()]
    for (const id of ['a', 'b', 'c', 'd', 'e']) await read(one, id)
    assert.equal((await authorization(one, 'f')).body.granted, false)
    assert.equal((await authorization(other, 'f')).body.granted, true)
  })

  it('says of a premium article that it is closed, and of a free one that it is open', async () => {
    const rid = anAmpReader()
    const premium = await authorization(rid, 'p', { class: 'premium' }).expect(200)
    assert.deepEqual(premium.body, {
      granted: false,
      data: { isLoggedIn: false, reason: 'subscription_required', ...offered },
    })
    assert.equal((await authorization(rid, 'x', { class: 'free' })).body.granted, true)
  })
})

describe('only the publisher’s AMP pages may ask', () => {
  const address = () => `/v1/amp/authorization?${queryOf(anAmpReader(), 'a')}`

  it('at the publisher’s own origin, and where a browser sends no origin AMP says that it is ours', async () => {
    await request(service.url).get(address()).set('Origin', paper).expect(200)
    await request(service.url).get(address()).set('AMP-Same-Origin', 'true').expect(200)
  })

  it('and no page of another publisher, in the cache or out of it', async () => {
    for (const origin of [
      'https://other-example.cdn.ampproject.org',
      'https://cdn.ampproject.org',
      'https://www-example-com.cdn.ampproject.org.evil.example',
      'http://www-example-com.cdn.ampproject.org',
      'https://evil.example',
      'null',
    ]) {
      const { body, headers } = await request(service.url).get(address()).set('Origin', origin).expect(403)
      assert.equal(body.code, 'origin_not_allowed', origin)
      assert.equal(headers['access-control-allow-origin'], undefined)
    }
    await request(service.url).get(address()).expect(403)
  })

  it('nor one that names another source, as older runtimes do', async () => {
    const asked = (source: string) => authorization(anAmpReader(), 'a', { __amp_source_origin: source })
    await asked(paper).expect(200)
    await asked('https://evil.example').expect(403)
  })

  it('and a pingback from elsewhere counts nothing', async () => {
    const rid = anAmpReader()
    await request(service.url)
      .post(`/v1/amp/pingback?${queryOf(rid, 'a')}`)
      .set('Origin', 'https://evil.example')
      .set('Content-Type', 'text/plain')
      .send('{}')
      .expect(403)
    assert.equal((await authorization(rid, 'b')).body.data.articlesRead, 0)
  })
})

describe('a mistake in an AMP page', () => {
  it('is named: READER_ID that AMP did not fill in, a field that is not known, an article that is missing', async () => {
    const forgotten = await authorization('$READER_ID-of-nobody', 'a').expect(400)
    assert.equal(forgotten.body.errors[0].field, 'rid')
    assert.match(forgotten.body.errors[0].expected, /READER_ID/)
    const typo = await authorization(anAmpReader(), 'a', { sektion: 'world' }).expect(400)
    assert.equal(typo.body.errors[0].field, 'sektion')
    const missing = await request(service.url)
      .get(`/v1/amp/authorization?rid=${anAmpReader()}`)
      .set('Origin', inCache)
      .expect(400)
    assert.equal(missing.body.errors[0].field, 'article')
  })

  it('is named where the site has no AMP pages', async () => {
    const without = await startService()
    try {
      const { body } = await request(without.url)
        .get(`/v1/amp/authorization?${queryOf(anAmpReader(), 'a')}`)
        .set('Origin', inCache)
        .expect(404)
      assert.equal(body.code, 'amp_unavailable')
    } finally {
      await without.stop()
    }
  })
})

describe('a subscriber on an AMP page', () => {
  const comeBack = `https://cdn.ampproject.org/v0/amp-login-done-0.1.html?url=${encodeURIComponent(paper)}`

  async function aSubscriber() {
    const { browser, offer } = await stopWallOf(service)
    const { url } = await pressBuy({ browser, offer })
    const returned = new URL(await payWithCard(url))
    await browser.get(`${returned.pathname}${returned.search}`)
    return browser
  }

  it('connects their subscription by the login action, after being asked, and reads on', async () => {
    const rid = anAmpReader()
    for (const id of ['a', 'b', 'c', 'd', 'e']) await read(rid, id)
    assert.equal((await authorization(rid, 'f')).body.granted, false)

    const browser = await aSubscriber()
    const asked = await browser.get('/amp/sign-in').query({ rid, site: 'demo', return: comeBack }).expect(200)
    assert.match(asked.text, /Read here as you do at The Harbor Lantern\?/)
    assert.equal((await authorization(rid, 'f')).body.granted, false, 'looking connects nothing')

    const connected = await browser
      .post('/amp/sign-in')
      .type('form')
      .set('Origin', service.url)
      .send({ rid, site: 'demo', return: comeBack })
      .expect(303)
    assert.equal(connected.headers.location, `${comeBack}#success=true`)
    assert.deepEqual((await authorization(rid, 'f')).body, {
      granted: true,
      grantReason: 'SUBSCRIBER',
      data: { isLoggedIn: true, reason: 'subscriber' },
    })
  })

  it('brings along what they have read there', async () => {
    const rid = anAmpReader()
    for (const id of ['a', 'b', 'c']) await read(rid, id)
    const browser = request.agent(service.url)
    await browser.post('/v1/views').send({ site: 'demo', article: { id: 'd' } })
    await browser
      .post('/amp/sign-in')
      .type('form')
      .set('Origin', service.url)
      .send({ rid, site: 'demo', return: comeBack })
      .expect(303)
    assert.equal((await authorization(rid, 'e')).body.data.articlesRead, 4)
    const { body } = await browser.post('/v1/access').send({ site: 'demo', article: { id: 'a' } })
    assert.equal(body.reason, 'reread')
  })

  it('is registered once they sign in on the site, is told of it, and is forgotten with the account', async () => {
    const rid = anAmpReader()
    const browser = request.agent(service.url)
    await browser.post('/v1/views').send({ site: 'demo', article: { id: 'a' } })
    await browser
      .post('/amp/sign-in')
      .type('form')
      .set('Origin', service.url)
      .send({ rid, site: 'demo', return: comeBack })
      .expect(303)
    const closed = async () => (await authorization(rid, 'r', { class: 'registered' })).body
    assert.equal((await closed()).granted, false)

    await browser.post('/v1/sign-in').send({ site: 'demo', email: 'amp@example.com' }).expect(202)
    const token = new URL(await linkInOutbox(service)).searchParams.get('token')
    await browser.post('/sign-in/confirm').type('form').set('Origin', service.url).send({ token }).expect(303)
    assert.equal((await closed()).granted, true)
    const { body } = await browser.get('/v1/reader/export').query({ site: 'demo' }).expect(200)
    assert.equal(body.readers[0].ampReaders.length, 1)

    await browser.delete('/v1/reader').query({ site: 'demo' }).expect(204)
    assert.deepEqual(await closed(), {
      granted: false,
      data: { isLoggedIn: false, reason: 'registration_required' },
    })
  })

  it('is connected by no other page, and led to no other page', async () => {
    const fields = { rid: anAmpReader(), site: 'demo', return: comeBack }
    const post = (origin: string, sent: Record<string, string>) =>
      request(service.url).post('/amp/sign-in').type('form').set('Origin', origin).send(sent)
    await post('https://evil.example', fields).expect(403)
    await post(service.url, { ...fields, return: 'https://evil.example/' }).expect(400)
    await post(service.url, { ...fields, return: 'javascript:alert(1)' }).expect(400)
    await request(service.url).get('/amp/sign-in').query({ site: 'demo' }).expect(400)
  })
})
