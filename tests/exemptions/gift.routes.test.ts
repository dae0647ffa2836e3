import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import express from 'express'
import request from 'supertest'
import { giftRoutes } from '../../src/exemptions/gift.routes.ts'
import { giftFor } from '../../src/exemptions/gift-for.ts'
import { createGiftTokens } from '../../src/exemptions/gift-token.ts'
import { mountRoutes } from '../../src/http/mount-routes.ts'
import { prepareRules } from '../../src/paywall/rules.ts'
import { checkConfiguration } from '../../src/publishing/check-configuration.ts'
import { createIdentifyCaller } from '../../src/readers/caller.ts'
import { createReaderTokens } from '../../src/readers/reader-token.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import type { Access } from '../../src/subscriptions/access.ts'
import { anAccess, anAccessWrite } from '../subscriptions/examples.ts'
import { newReader } from '../support/reader-token.ts'

const clock = { now: Date.parse('2027-01-30T12:00:00-05:00') }
const day = 86_400_000
const article = { id: '2027/01/flood-aid', url: 'https://www.example.com/flood-aid?from=front#top' }

const stores = openSqliteStores(':memory:', () => clock.now)
after(() => stores.close())

const checked = checkConfiguration(
  {
    sites: [
      {
        id: 'demo',
        name: 'The Harbor Lantern',
        timeZone: 'America/New_York',
        url: 'https://www.example.com',
        gifts: { aMonth: 2, readers: 1, days: 5 },
      },
      { id: 'plain', name: 'Plain Dealer', timeZone: 'UTC' },
    ],
    meters: ['demo', 'plain'].map((site) => ({
      id: 'default',
      site,
      window: 'month',
      limit: { anonymous: 1, registered: 1 },
    })),
    walls: ['demo', 'plain'].map((site) => ({ site, kind: 'subscription' })),
    plans: [],
    offers: [],
  },
  { firstStartedAt: 0 },
)
if ('problems' in checked) throw new Error(JSON.stringify(checked.problems))
const rules = prepareRules({
  configuration: checked.configuration,
  version: 1,
  serviceUrl: new URL('http://localhost:3000'),
  crawlers: () => false,
})
const demo = rules.sites.get('demo')
if (demo === undefined) throw new Error('the site demo')
const { site } = demo

const secret = 'a secret of thirty-two characters'
const giftTokens = createGiftTokens([secret])
const app = express()
mountRoutes(
  app,
  giftRoutes({
    rules: () => rules,
    identify: createIdentifyCaller({
      tokens: createReaderTokens([secret]),
      siteKey: (key) => (key === 'the-key-of-the-site' ? { site: 'demo', key, mayImport: false } : null),
      checkSessions: (identity) => identity,
      meet: () => null,
    }),
    gifts: stores.gifts,
    giftTokens,
    subscriptions: stores.subscriptions,
    secureCookies: true,
    now: () => clock.now,
  }),
)

/** A reader with a token, and an access if any. */
async function aReader(access: Partial<Access> | null = null): Promise<{ token: string }> {
  const { readerId, token } = newReader(secret, clock.now)
  if (access !== null) {
    await stores.subscriptions.saveAccess(
      anAccessWrite({ reader: `demo:${readerId}`, access: anAccess(access) }),
    )
  }
  return { token }
}

const aSubscriber = () => aReader({ untilMs: clock.now + 90 * day })

function give(token: string, body: object = { site: 'demo', article }) {
  return request(app).post('/v1/gifts').set('Authorization', `Bearer ${token}`).send(body)
}

function revoke(token: string, gift: string) {
  return request(app).post(`/v1/gifts/${gift}/revoke?site=demo`).set('Authorization', `Bearer ${token}`)
}

/** What the decision asks about a gift: as who, for which article. */
async function opens(token: string, { reader = 'demo:friend', id = article.id, count = true } = {}) {
  const open = giftFor({ store: stores.gifts, tokens: giftTokens })
  return open({ token, site, article: id, reader, count, now: clock.now })
}

describe('a subscriber gives an article away', () => {
  it('by a link that opens it to a friend', async () => {
    const { token } = await aSubscriber()
    const { body } = await give(token).expect(201)
    assert.equal(body.url, `https://www.example.com/flood-aid?from=front&gift=${body.token}#top`)
    assert.equal(body.expiresAt, '2027-02-04T12:00:00-05:00')
    assert.equal(body.left, 1)
    assert.deepEqual(await opens(body.token), { reason: 'gift', by: body.gift })
  })

  it('by a path of the site, and from the page that they were given themselves', async () => {
    const { token } = await aSubscriber()
    const byPath = await give(token, { site: 'demo', article: { ...article, url: '/flood-aid' } }).expect(201)
    assert.equal(byPath.body.url, `https://www.example.com/flood-aid?gift=${byPath.body.token}`)
    const again = await give(token, { site: 'demo', article: { ...article, url: byPath.body.url } }).expect(
      201,
    )
    assert.equal(again.body.url, `https://www.example.com/flood-aid?gift=${again.body.token}`)
  })

  it('so many times in a calendar month of the site, and again in the next', async () => {
    const { token } = await aSubscriber()
    await give(token).expect(201)
    await give(token).expect(201)
    const { body, headers } = await give(token).expect(429)
    assert.equal(body.code, 'no_gifts_left')
    assert.equal(body.resetsAt, '2027-02-01T00:00:00-05:00')
    assert.equal(headers['retry-after'], String(36 * 3600))
    const before = clock.now
    clock.now = Date.parse('2027-02-01T00:00:00-05:00')
    await give(token).expect(201)
    clock.now = before
  })

  it('also while a payment is owed, but not when the access has ended or there never was one', async () => {
    const { token } = await aReader({ standing: 'grace', untilMs: clock.now + 1 })
    await give(token).expect(201)
    for (const { token } of [await aReader({ untilMs: clock.now }), await aReader()]) {
      const { body } = await give(token).expect(409)
      assert.equal(body.code, 'not_subscribed')
    }
  })

  it('only where the site has gifts', async () => {
    const { token } = await aSubscriber()
    const { body } = await give(token, { site: 'plain', article }).expect(404)
    assert.equal(body.code, 'gifts_unavailable')
  })

  it('only with an address of the site', async () => {
    const { token } = await aSubscriber()
    for (const url of [
      'https://www.example.com.evil.example/flood-aid',
      '//evil.example/flood-aid',
      'javascript:alert(1)',
      'data:text/html,hello',
      'https://',
    ]) {
      const { body } = await give(token, { site: 'demo', article: { ...article, url } }).expect(400)
      assert.deepEqual(body.errors, [{ field: 'article.url', expected: 'an address or a path of the site' }])
    }
  })

  it('never by a page of another origin, nor by a server for a reader', async () => {
    const { token } = await aSubscriber()
    const elsewhere = await request(app)
      .post('/v1/gifts')
      .set('Cookie', `newsrack_reader=${token}`)
      .set('Origin', 'https://evil.example')
      .send({ site: 'demo', article })
      .expect(403)
    assert.equal(elsewhere.body.code, 'origin_not_allowed')
    assert.equal((await give('the-key-of-the-site').expect(401)).body.code, 'unauthorized')
  })
})

describe('a gift link', () => {
  it('opens to as many readers as may, however many it is passed on to, and stays open to them', async () => {
    const { token } = await aSubscriber()
    const { body } = await give(token)
    assert.notEqual(await opens(body.token, { reader: 'demo:first' }), null)
    for (let other = 0; other < 1000; other += 1) {
      assert.equal(await opens(body.token, { reader: `demo:other-${other}` }), null)
    }
    assert.notEqual(await opens(body.token, { reader: 'demo:first' }), null)
  })

  it('is not used up by asking', async () => {
    const { token } = await aSubscriber()
    const { body } = await give(token)
    for (const reader of ['demo:a', 'demo:b', 'demo:c']) {
      assert.notEqual(await opens(body.token, { reader, count: false }), null)
    }
    assert.notEqual(await opens(body.token, { reader: 'demo:d' }), null)
    assert.equal(await opens(body.token, { reader: 'demo:a', count: false }), null)
  })

  it('opens no other article', async () => {
    const { token } = await aSubscriber()
    const { body } = await give(token)
    assert.equal(await opens(body.token, { id: 'another' }), null)
  })

  it('opens nothing once it has ended', async () => {
    const { token } = await aSubscriber()
    const { body } = await give(token)
    const before = clock.now
    clock.now = Date.parse(body.expiresAt)
    assert.equal(await opens(body.token), null)
    clock.now = before
  })

  it('opens nothing once its maker has revoked it, and stays so', async () => {
    const { token } = await aSubscriber()
    const { body } = await give(token)
    assert.notEqual(await opens(body.token), null)
    await revoke(token, body.gift).expect(204)
    await revoke(token, body.gift).expect(204)
    assert.equal(await opens(body.token), null)
  })

  it('can be revoked by nobody else', async () => {
    const [{ token }, other] = [await aSubscriber(), await aSubscriber()]
    const { body } = await give(token)
    for (const gift of [body.gift, 'AAAAAAAAAAAAAAAA', '%7B%7D']) {
      assert.equal((await revoke(other.token, gift).expect(404)).body.code, 'not_found')
    }
    assert.notEqual(await opens(body.token), null)
  })

  it('that is forged never reaches the store', async () => {
    const unasked = () => Promise.reject(new Error('the store was asked'))
    const open = giftFor({
      store: { ...stores.gifts, redeemGift: unasked, peekGift: unasked },
      tokens: giftTokens,
    })
    const forged = createGiftTokens(['another secret of many characters']).create({
      site: 'demo',
      article: article.id,
      expiresAtMs: clock.now + day,
    })
    for (const token of [forged.token, '', 'g1', 'x'.repeat(1024)]) {
      const asked = { site, article: article.id, reader: 'demo:a', count: true, now: clock.now }
      assert.equal(await open({ token, ...asked }), null)
    }
  })
})
