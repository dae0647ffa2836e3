import assert from 'node:assert/strict'
import request from 'supertest'
import { createFirstAdminToken } from '../../src/console/first-admin.ts'
import { developmentSecrets } from '../../src/development-secrets.ts'
import { openRedisStores } from '../../src/stores/open.redis.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import type { Service } from '../support/service.ts'

export const password = 'correct horse battery staple'

/** One browser with the console's page open: its cookie, and the origin that a browser tells. */
export function browserAt(url: string) {
  const agent = request.agent(url)
  const origin = new URL(url).origin
  return {
    get: (path: string) => agent.get(`/v1/console/${path}`),
    post: (path: string, body?: object) => agent.post(`/v1/console/${path}`).set('Origin', origin).send(body),
    put: (path: string, body: object) => agent.put(`/v1/console/${path}`).set('Origin', origin).send(body),
    delete: (path: string) => agent.delete(`/v1/console/${path}`).set('Origin', origin),
  }
}

export type Browser = ReturnType<typeof browserAt>

/** Where a service keeps what its first admin's link is made of; the embedded store and a made secret if left out. */
type Place = { redisUrl: string; secret: string }

/** The token that a fresh service prints. */
export async function firstAdminToken({ dataDir }: Service, place?: Place): Promise<string> {
  const stores =
    place === undefined
      ? openSqliteStores(`${dataDir}/newsrack.sqlite`, Date.now)
      : await openRedisStores([new URL(place.redisUrl)], { info() {}, warn() {} }, { deadlineMs: 10_000 })
  const firstStart = await stores.versions.firstStart(0)
  await stores.close()
  const secret = place?.secret ?? developmentSecrets(dataDir).newsrackSecret
  return createFirstAdminToken([secret], firstStart).token
}

/** The first admin's browser, signed in. */
export async function adminAt(service: Service, place?: Place): Promise<Browser> {
  const browser = browserAt(service.url)
  const token = await firstAdminToken(service, place)
  const person = { token, email: 'Ann@Example.com', name: 'Ann', password }
  await browser.post('set-up', person).expect(200)
  return browser
}

/** Somebody invited by the admin, signed in by the link that was mailed to the outbox. */
export async function invitedAt(
  service: Service,
  admin: Browser,
  { name, role }: { name: string; role: string },
): Promise<Browser> {
  const email = `${name.toLowerCase()}@example.com`
  await admin.post('people', { email, name, role }).expect(201)
  const browser = browserAt(service.url)
  await browser.post('links/use', { token: await mailedToken(service, email), password }).expect(200)
  return browser
}

/** The token in the latest mail to somebody. */
export async function mailedToken(service: Service, email: string): Promise<string> {
  const { body } = await request(service.url).get('/sandbox/outbox/mails.json').expect(200)
  const mails: { to: string; text: string }[] = body
  const own = mails.filter(({ to }) => to === email)
  const links = own.map(({ text }) => /\/console\/(?:invitation|password)#([\w-]{43})/.exec(text)?.[1])
  const [token] = links
  assert.ok(token, `a link was mailed to ${email}`)
  return token
}

/** A new draft's id. */
export async function draftAt(browser: Browser): Promise<string> {
  const { body } = await browser.post('drafts', {}).expect(201)
  return body.id
}

/** An entry of a draft as an editor sees it. */
export async function entryAt(browser: Browser, draft: string, path: string) {
  const { body } = await browser.get(`drafts/${draft}/entries/${path}`).expect(200)
  return body
}
