import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { answerSchema } from '../../src/paywall/answer.ts'
import { importKey, type Service, siteKey, startService } from '../support/service.ts'

let service: Service
before(async () => {
  service = await startService()
})
after(() => service.stop())

const views = () => request(service.url).post('/v1/views')
const access = () => request(service.url).post('/v1/access')
const article = (id: string) => ({ article: { id } })

describe('a browser asks', () => {
  it('gives a new reader a signed cookie that scripts cannot read, and knows them again by it', async () => {
    const browser = request.agent(service.url)
    const first = await browser.post('/v1/views').send(article('a')).expect(200)
    assert.match(String(first.headers['set-cookie']), /newsrack_reader=r1\..*HttpOnly; SameSite=Lax/)
    const second = await browser.post('/v1/views').send(article('b')).expect(200)
    assert.equal(second.headers['set-cookie'], undefined)
    assert.equal(second.body.meter.used, 2)
  })

  it('gives the token as a header too, and takes it back as a bearer token', async () => {
    const first = await views().send(article('a'))
    const token = String(first.headers['newsrack-reader'])
    const second = await views().set('Authorization', `Bearer ${token}`).send(article('b'))
    assert.equal(second.body.meter.used, 2)
    assert.equal(second.headers['newsrack-reader'], undefined)
  })

  it('answers in the documented shape, granted and refused', async () => {
    const browser = request.agent(service.url)
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const { body } = await browser.post('/v1/views').send(article(id)).expect(200)
      assert.deepEqual(answerSchema.strict().parse(body), body)
    }
    const { body } = await browser.post('/v1/views').send(article('f'))
    assert.equal(body.granted, false)
    assert.equal(body.reason, 'meter_stop')
    const { words, ...wall } = body.wall
    assert.deepEqual(wall, { kind: 'subscription', layout: 'inline', dismissible: false })
    assert.equal(words.closed, 'You’ve read your 5 free articles this month.')
    assert.equal(body.offer.headline, 'Unlimited Digital Access')
    assert.equal(body.offer.price, 'Only 25¢ for 5 months')
    assert.equal(body.offer.button, 'Act now')
    assert.deepEqual(body.offer.notes, ['Sale ends soon', 'Cancel anytime'])
  })

  it('opens free articles to everyone without counting, and premium ones to subscribers only', async () => {
    const browser = request.agent(service.url)
    const free = await browser.post('/v1/views').send({ article: { id: 'x', class: 'free' } })
    assert.equal(free.body.reason, 'free')
    const premium = await browser.post('/v1/views').send({ article: { id: 'y', class: 'premium' } })
    assert.equal(premium.body.reason, 'subscription_required')
    assert.equal(premium.body.offer.id, '25c-for-5-months')
    const counted = await browser.post('/v1/views').send(article('z'))
    assert.equal(counted.body.meter.used, 1)
  })

  it('asks a reader without an account to make one where the article needs it', async () => {
    const { body } = await views().send({ article: { id: 'x', class: 'registered' } })
    assert.equal(body.reason, 'registration_required')
    assert.equal(body.wall.kind, 'registration')
  })

  for (const [what, token] of [
    ['forged', 'r1.AAAAAAAAAAAAAAAA.zzzzzz.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['garbled', 'r1.%00%ff;;;'],
    ['ten kilobytes long', `r1.${'A'.repeat(10_000)}`],
  ] as const) {
    it(`takes a reader with a ${what} token for a new reader, never for an error`, async () => {
      const { body, headers } = await views()
        .set('Authorization', `Bearer ${token}`)
        .send(article('a'))
        .expect(200)
      assert.equal(body.meter.used, 1)
      assert.match(String(headers['newsrack-reader']), /^r1\./)
    })
  }
})

describe('a publisher’s server asks', () => {
  const asServer = (key: string) => views().set('Authorization', `Bearer ${key}`)

  it('names the reader itself, and gets no cookie', async () => {
    const reader = { id: 'anna@example.com', registered: true }
    await asServer(siteKey)
      .send({ ...article('a'), reader })
      .expect(200)
    const { body, headers } = await asServer(siteKey).send({ ...article('b'), reader })
    assert.equal(body.meter.used, 2)
    assert.equal(headers['set-cookie'], undefined)
  })

  it('imports the past with a key that may, each view in the month in which it was read', async () => {
    const reader = { id: 'imported' }
    const may = { ...article('a'), reader, at: '2015-05-31T23:59:59-04:00' }
    const june = { ...article('b'), reader, at: '2015-06-01T00:00:00-04:00' }
    assert.equal((await asServer(importKey).send(may)).body.meter.used, 1)
    const { meter } = (await asServer(importKey).send(june)).body
    assert.equal(meter.used, 1)
    assert.equal(meter.resetsAt, '2015-07-01T00:00:00-04:00')
    assert.equal((await asServer(siteKey).send({ ...article('c'), reader })).body.meter.used, 1)
  })
})

describe('bad input gets a problem that names it', () => {
  type Case = [
    what: string,
    body: unknown,
    code: string,
    status: number,
    says: RegExp,
    headers?: Record<string, string>,
  ]
  const cases: Case[] = [
    ['broken JSON', '{"article":', 'invalid_json', 400, /JSON/],
    ['no body', '', 'invalid_json', 400, /JSON/],
    ['a list', [], 'invalid_request', 400, /body: expected an object/],
    ['no article', {}, 'invalid_request', 400, /article: expected an object/],
    ['a number as id', { article: { id: 7 } }, 'invalid_request', 400, /article\.id: expected a string/],
    ['an empty id', { article: { id: '' } }, 'invalid_request', 400, /article\.id: expected 1 to 512 bytes/],
    [
      'an id of 10 kB',
      { article: { id: 'x'.repeat(10_240) } },
      'invalid_request',
      400,
      /article\.id: expected 1 to 512 bytes/,
    ],
    [
      'an id of 513 bytes in 512 characters',
      { article: { id: `é${'x'.repeat(511)}` } },
      'invalid_request',
      400,
      /512 bytes/,
    ],
    ['half a surrogate pair', '{"article":{"id":"\\ud83d"}}', 'invalid_request', 400, /well-formed/],
    [
      'an unknown field',
      { ...article('a'), limit: 99 },
      'invalid_request',
      400,
      /limit: expected no such field/,
    ],
    [
      'an unknown article field',
      { article: { id: 'a', free: true } },
      'invalid_request',
      400,
      /article\.free/,
    ],
    ['an unknown class', { article: { id: 'a', class: 'gold' } }, 'invalid_request', 400, /article\.class/],
    [
      'a prototype in disguise',
      '{"article":{"id":"a"},"__proto__":{"x":1}}',
      'invalid_request',
      400,
      /__proto__/,
    ],
    ['an unknown site', { site: 'nowhere', ...article('a') }, 'unknown_site', 404, /nowhere/],
    ['100 kB', { article: { id: 'a', url: 'x'.repeat(100_000) } }, 'body_too_large', 413, /65536 bytes/],
    [
      'a form',
      'article=a',
      'unsupported_media_type',
      415,
      /application\/json/,
      { 'Content-Type': 'application/x-www-form-urlencoded' },
    ],
    [
      'a reader named without a site key',
      { ...article('a'), reader: { id: 'x' } },
      'site_key_required',
      403,
      /reader/,
    ],
    [
      'a time named without a site key',
      { ...article('a'), at: '2015-01-01T00:00:00Z' },
      'site_key_required',
      403,
      /at/,
    ],
    ['an unknown site key', article('a'), 'unauthorized', 401, /site key/, { Authorization: 'Bearer guess' }],
    [
      'a page of another origin',
      article('a'),
      'origin_not_allowed',
      403,
      /evil/,
      { Origin: 'https://evil.example' },
    ],
  ]
  for (const [what, body, code, status, says, headers = {}] of cases) {
    it(what, async () => {
      const response = await views()
        .set({ 'Content-Type': 'application/json', ...headers })
        .send(typeof body === 'string' ? body : JSON.stringify(body))
      assert.equal(response.status, status)
      assert.match(String(response.headers['content-type']), /^application\/problem\+json/)
      const problem = JSON.parse(response.text)
      assert.equal(problem.code, code)
      assert.equal(problem.status, status)
      assert.match(problem.detail, says)
      assert.doesNotMatch(response.text, /\.ts\b|node_modules|\n\s+at /)
    })
  }

  it('a server that names no reader', async () => {
    const { body } = await views().set('Authorization', `Bearer ${siteKey}`).send(article('a')).expect(400)
    assert.deepEqual(body.errors, [
      { field: 'reader', expected: 'the reader meant, as the caller is a server' },
    ])
  })

  it('an import with a key that may not', async () => {
    const { body } = await views()
      .set('Authorization', `Bearer ${siteKey}`)
      .send({ ...article('a'), reader: { id: 'x' }, at: '2015-01-01T00:00:00Z' })
      .expect(403)
    assert.equal(body.code, 'import_not_allowed')
  })

  it('an import from the future', async () => {
    const { body } = await views()
      .set('Authorization', `Bearer ${importKey}`)
      .send({ ...article('a'), reader: { id: 'x' }, at: '2999-01-01T00:00:00Z' })
      .expect(400)
    assert.deepEqual(body.errors, [{ field: 'at', expected: 'a past instant' }])
  })

  it('loses no count: what was refused did not count, and the next good request does', async () => {
    const browser = request.agent(service.url)
    await browser.post('/v1/views').send(article('a'))
    await browser.post('/v1/views').send({ article: { id: '' } })
    await browser.post('/v1/views').set('Content-Type', 'application/json').send('{')
    assert.equal((await browser.post('/v1/views').send(article('b'))).body.meter.used, 2)
  })
})

describe('pages of other origins', () => {
  it('are told before they ask whether they may', async () => {
    const allowed = await request(service.url).options('/v1/views').set('Origin', service.url).expect(204)
    assert.equal(allowed.headers['access-control-allow-origin'], service.url)
    assert.equal(allowed.headers['access-control-allow-credentials'], 'true')
    const other = await request(service.url)
      .options('/v1/views')
      .set('Origin', 'https://evil.example')
      .expect(204)
    assert.equal(other.headers['access-control-allow-origin'], undefined)
  })
})

describe('asking', () => {
  it('does not count', async () => {
    const browser = request.agent(service.url)
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      assert.equal((await browser.post('/v1/access').send(article(id))).body.meter.used, 0)
    }
    assert.equal((await access().send(article('a')).expect(200)).body.granted, true)
  })
})
