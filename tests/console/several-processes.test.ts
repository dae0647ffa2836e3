import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { eventually } from '../publishing/examples.ts'
import { startRedis } from '../support/redis.ts'
import { type Service, startService } from '../support/service.ts'
import { openStripeAccount } from '../support/stripe-account.ts'
import { adminAt, type Browser, browserAt, draftAt, entryAt, invitedAt, password } from './desk.ts'

const secret = 'a secret that all processes of a deployment share'
const clock = { ms: Date.now() }

let redis: Awaited<ReturnType<typeof startRedis>>
let account: Awaited<ReturnType<typeof openStripeAccount>>
const services: Service[] = []
let ann: Browser
before(async () => {
  redis = await startRedis({ appendOnly: true })
  account = await openStripeAccount()
  const environment = {
    ...account.environment,
    REDIS_URL: redis.url,
    NEWSRACK_SECRET: secret,
    PUBLISHING_NEEDS_APPROVAL: 'yes',
    // The machine of the tests may be busy; how fast Redis is is not what they are about.
  }
  for (let started = 0; started < 2; started += 1) {
    services.push(await startService({ environment, now: () => clock.ms }))
  }
  ann = await adminAt(first(), { redisUrl: redis.url, secret })
})
after(async () => {
  for (const service of services) await service.stop()
  await account.close()
  await redis.stop()
})

function first(): Service {
  const [service] = services
  assert.ok(service)
  return service
}

async function limitAt({ url }: Service): Promise<number> {
  const { body } = await request(url)
    .post('/v1/access')
    .send({ article: { id: 'a' } })
  return body.meter?.limit
}

async function everywhere(limit: number): Promise<void> {
  await eventually(async () => (await Promise.all(services.map(limitAt))).every((each) => each === limit))
}

async function draftWithLimit(browser: Browser, anonymous: number): Promise<string> {
  const draft = await draftAt(browser)
  const { entry, etag } = await entryAt(browser, draft, 'meters/demo.default')
  const changed = { ...entry, limit: { anonymous, registered: anonymous } }
  await browser.put(`drafts/${draft}/entries/meters/demo.default`, { entry: changed, etag }).expect(200)
  return draft
}

describe('several processes on one Redis', () => {
  let ben: Browser

  it('know the same people and sessions', async () => {
    ben = await invitedAt(first(), ann, { name: 'Ben', role: 'publisher' })
    for (const { url } of services) {
      const browser = browserAt(url)
      await browser.post('sign-in', { email: 'ben@example.com', password }).expect(200)
    }
    assert.equal((await ben.get('sessions')).body.sessions.length, 1 + services.length)
  })

  it('publish nothing that no second person has approved', async () => {
    const draft = await draftWithLimit(ann, 4)
    const { body: alone } = await ann.post(`drafts/${draft}/publish`, { why: 'alone' }).expect(409)
    assert.equal(alone.code, 'approval_required')
    const { body: own } = await ann.post(`drafts/${draft}/approve`, {}).expect(403)
    assert.equal(own.code, 'forbidden')
    await ben.post(`drafts/${draft}/approve`, {}).expect(200)
    const { entry, etag } = await entryAt(ann, draft, 'offers/standing')
    await ann
      .put(`drafts/${draft}/entries/offers/standing`, { entry: { ...entry, button: 'Join' }, etag })
      .expect(200)
    await ann.post(`drafts/${draft}/publish`, { why: 'changed since' }).expect(409)
    await ben.post(`drafts/${draft}/approve`, {}).expect(200)
    const { body: version } = await ann.post(`drafts/${draft}/publish`, { why: 'approved' }).expect(200)
    assert.equal(version.approvedBy.name, 'Ben')
  })

  it('all answer by what one of them published', async () => {
    await everywhere(4)
  })

  it('publish a draft at its time, once, on top of what came between', async () => {
    const draft = await draftWithLimit(ann, 3)
    await ben.post(`drafts/${draft}/approve`, {}).expect(200)
    const at = new Date(clock.ms + 3_600_000).toISOString()
    await ben.post(`drafts/${draft}/schedule`, { at, why: 'In an hour' }).expect(200)
    const { entry, etag } = await entryAt(ann, draft, 'meters/demo.default')
    const { body: refused } = await ann
      .put(`drafts/${draft}/entries/meters/demo.default`, { entry, etag })
      .expect(409)
    assert.equal(refused.code, 'draft_scheduled')

    const between = await draftAt(ann)
    const offer = await entryAt(ann, between, 'offers/standing')
    const changed = { entry: { ...offer.entry, button: 'Read on' }, etag: offer.etag }
    await ann.put(`drafts/${between}/entries/offers/standing`, changed).expect(200)
    await ben.post(`drafts/${between}/approve`, {}).expect(200)
    const { body: version } = await ann.post(`drafts/${between}/publish`, { why: 'Between' }).expect(200)

    clock.ms += 3_600_000
    await everywhere(3)
    const { body } = await ann.get('versions').expect(200)
    assert.deepEqual(
      body.versions.slice(0, 2).map(({ number, why }: { number: number; why: string }) => [number, why]),
      [
        [version.number + 1, 'In an hour'],
        [version.number, 'Between'],
      ],
    )
    const { body: current } = await ann.get('versions/current').expect(200)
    const standing = current.configuration.offers.find(({ id }: { id: string }) => id === 'standing')
    assert.equal(standing.button, 'Read on')
  })

  it('do not publish at its time what clashes with what came between, and say why', async () => {
    const draft = await draftWithLimit(ann, 8)
    await ben.post(`drafts/${draft}/approve`, {}).expect(200)
    await ben.post(`drafts/${draft}/schedule`, { at: new Date(clock.ms + 60_000).toISOString() }).expect(200)
    const between = await draftWithLimit(ann, 6)
    await ben.post(`drafts/${between}/approve`, {}).expect(200)
    await ann.post(`drafts/${between}/publish`, { why: 'Six' }).expect(200)
    clock.ms += 60_000
    await eventually(async () => (await ann.get(`drafts/${draft}`)).body.failure !== null)
    const { body } = await ann.get(`drafts/${draft}`).expect(200)
    assert.equal(body.status, 'open')
    assert.match(body.failure, /changed the same/)
    await everywhere(6)
  })

  it('take a new key and forget an ended one in every process', async () => {
    const { body: key } = await ann.post('keys', { name: 'CMS', site: 'demo', scopes: ['views'] }).expect(201)
    const statuses = async () => {
      const answers = await Promise.all(
        services.map(({ url }) =>
          request(url)
            .post('/v1/access')
            .set('Authorization', `Bearer ${key.key}`)
            .send({ article: { id: 'a' }, reader: { id: 'r' } }),
        ),
      )
      return answers.map(({ status }) => status)
    }
    await eventually(async () => (await statuses()).every((status) => status === 200))
    await ann.delete(`keys/${key.id}`).expect(200)
    await eventually(async () => (await statuses()).every((status) => status === 401))
  })

  it('answer by the last good version while the store is away, and the console says so', async () => {
    await redis.kill()
    const { body } = await ann.get('drafts').expect(503)
    assert.equal(body.code, 'store_unavailable')
    const { body: answer } = await request(first().url)
      .post('/v1/access')
      .send({ article: { id: 'a' } })
      .expect(200)
    const version = answer.configVersion
    assert.ok(version > 1)
    await redis.restart()
    await eventually(async () => (await ann.get('drafts')).status === 200)
    assert.equal((await ann.get('versions/current')).body.number, version)
  })
})
