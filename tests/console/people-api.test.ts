import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { type Service, startService } from '../support/service.ts'
import {
  adminAt,
  type Browser,
  browserAt,
  firstAdminToken,
  invitedAt,
  mailedToken,
  password,
} from './desk.ts'

let service: Service
let ann: Browser
before(async () => {
  service = await startService()
})
after(() => service.stop())

describe('the first admin', () => {
  it('is made by the link that the start prints, and by no other', async () => {
    const browser = browserAt(service.url)
    const { body: nobody } = await browser.get('session').expect(200)
    assert.deepEqual([nobody.person, nobody.needsSetUp], [null, true])
    const person = { email: 'eve@example.com', name: 'Eve', password }
    const { body } = await browser.post('set-up', { ...person, token: 'guessed' }).expect(403)
    assert.equal(body.code, 'forbidden')
    ann = await adminAt(service)
    const { body: session } = await ann.get('session').expect(200)
    assert.deepEqual([session.person.email, session.person.role], ['ann@example.com', 'admin'])
  })

  it('is made once: the link is of no use any more', async () => {
    const person = { email: 'eve@example.com', name: 'Eve', password, token: await firstAdminToken(service) }
    const { body } = await browserAt(service.url).post('set-up', person).expect(409)
    assert.equal(body.code, 'already_set_up')
  })

  it('is one person where two use the link at once', async () => {
    const fresh = await startService()
    try {
      const token = await firstAdminToken(fresh)
      const answers = await Promise.all(
        ['one', 'two', 'three'].map((name) =>
          browserAt(fresh.url).post('set-up', { token, name, email: `${name}@example.com`, password }),
        ),
      )
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409])
    } finally {
      await fresh.stop()
    }
  })
})

describe('signing in', () => {
  it('takes e-mail and password, whatever the case of the address', async () => {
    const browser = browserAt(service.url)
    await browser.post('sign-in', { email: 'ANN@example.com', password }).expect(200)
    await browser.get('drafts').expect(200)
  })

  it('says the same to a wrong password and to an unknown address', async () => {
    const wrong = await browserAt(service.url).post('sign-in', {
      email: 'ann@example.com',
      password: 'wrong',
    })
    const unknown = await browserAt(service.url).post('sign-in', {
      email: 'who@example.com',
      password: 'wrong',
    })
    assert.equal(wrong.status, 401)
    assert.deepEqual(wrong.body, unknown.body)
  })

  it('gives every sign-in a token of its own, and never one that the browser brought', async () => {
    const planted = 'newsrack_console=planted-by-somebody-else'
    const answer = await request(service.url)
      .post('/v1/console/sign-in')
      .set('Origin', service.url)
      .set('Cookie', planted)
      .send({ email: 'ann@example.com', password })
    const [cookie] = answer.get('Set-Cookie') ?? []
    assert.match(cookie ?? '', /^newsrack_console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=/)
    await request(service.url).get('/v1/console/drafts').set('Cookie', planted).expect(401)
  })

  it('ends when they sign out, also for whoever has kept the cookie', async () => {
    const answer = await request(service.url)
      .post('/v1/console/sign-in')
      .set('Origin', service.url)
      .send({ email: 'ann@example.com', password })
    const cookie = answer.get('Set-Cookie')?.[0]?.split(';')[0] ?? ''
    const asking = () => request(service.url).get('/v1/console/drafts').set('Cookie', cookie)
    await asking().expect(200)
    await request(service.url)
      .post('/v1/console/sign-out')
      .set('Origin', service.url)
      .set('Cookie', cookie)
      .expect(204)
    await asking().expect(401)
  })

  it('is slowed down for who guesses, and for nobody else', async () => {
    const guess = () =>
      browserAt(service.url).post('sign-in', { email: 'ben@example.com', password: 'a guess' })
    for (let guesses = 0; guesses < 10; guesses += 1) await guess().expect(401)
    const answer = await guess().expect(429)
    assert.equal(answer.body.code, 'too_many_sign_ins')
    assert.match(answer.get('Retry-After') ?? '', /^\d+$/)
    await browserAt(service.url).post('sign-in', { email: 'ann@example.com', password }).expect(200)
  })
})

describe('a page of another origin', () => {
  it('can change nothing with the cookie of somebody who is signed in', async () => {
    const answer = await request(service.url)
      .post('/v1/console/sign-in')
      .set('Origin', service.url)
      .send({ email: 'ann@example.com', password })
    const cookie = answer.get('Set-Cookie')?.[0]?.split(';')[0] ?? ''
    const forged = () => request(service.url).post('/v1/console/drafts').set('Cookie', cookie)
    for (const origin of ['https://evil.example', 'null', `${service.url}.evil.example`]) {
      const { body } = await forged().set('Origin', origin).send({}).expect(403)
      assert.equal(body.code, 'origin_not_allowed')
    }
    await forged().send({}).expect(403)
    await forged().set('Sec-Fetch-Site', 'same-site').send({}).expect(403)
    await forged().set('Sec-Fetch-Site', 'same-origin').send({}).expect(201)
  })

  it('cannot sign somebody in as somebody else', async () => {
    const body = { email: 'ann@example.com', password }
    await request(service.url)
      .post('/v1/console/sign-in')
      .set('Origin', 'https://evil.example')
      .send(body)
      .expect(403)
  })

  it('is not told anything that its reader may see', async () => {
    const { headers } = await ann.get('people').set('Origin', 'https://evil.example')
    assert.equal(headers['access-control-allow-origin'], undefined)
  })
})

describe('an invited person', () => {
  let eddie: Browser

  it('gets a mail, chooses a password by its link, and is in', async () => {
    eddie = await invitedAt(service, ann, { name: 'Eddie', role: 'editor' })
    const { body } = await eddie.get('session').expect(200)
    assert.deepEqual([body.person.name, body.person.role, body.person.status], ['Eddie', 'editor', 'active'])
  })

  it('can use the link once', async () => {
    const token = await mailedToken(service, 'eddie@example.com')
    const { body } = await browserAt(service.url).post('links/use', { token, password }).expect(410)
    assert.equal(body.code, 'link_expired')
  })

  it('may do what their role says, and not more', async () => {
    await eddie.post('drafts', {}).expect(201)
    const refused = [
      eddie.post('people', { email: 'x@example.com', name: 'X', role: 'admin' }),
      eddie.put('people/whoever', { role: 'admin' }),
      eddie.post('keys', { name: 'x', scopes: ['console.publish'] }),
      eddie.get('keys'),
      eddie.post('versions/1/restore', {}),
    ]
    for (const { status, body } of await Promise.all(refused)) {
      assert.deepEqual([status, body.code], [403, 'forbidden'])
    }
  })

  it('has another role at once when an admin changes it, in sessions they have too', async () => {
    const { body: people } = await ann.get('people').expect(200)
    const { id } = people.people.find(({ name }: { name: string }) => name === 'Eddie')
    await ann.put(`people/${id}`, { role: 'viewer' }).expect(200)
    await eddie.post('drafts', {}).expect(403)
    await ann.put(`people/${id}`, { role: 'publisher' }).expect(200)
    await eddie.post('drafts', {}).expect(201)
  })

  it('is out at once when disabled, and cannot sign in', async () => {
    const { body: people } = await ann.get('people').expect(200)
    const { id } = people.people.find(({ name }: { name: string }) => name === 'Eddie')
    await ann.put(`people/${id}`, { status: 'disabled' }).expect(200)
    await eddie.get('drafts').expect(401)
    await browserAt(service.url).post('sign-in', { email: 'eddie@example.com', password }).expect(401)
  })

  it('cannot be invited twice', async () => {
    const { body } = await ann
      .post('people', { email: 'EDDIE@example.com', name: 'E', role: 'viewer' })
      .expect(409)
    assert.equal(body.code, 'person_exists')
  })
})

describe('an account', () => {
  it('can be signed out elsewhere, one session at a time', async () => {
    const elsewhere = browserAt(service.url)
    await elsewhere.post('sign-in', { email: 'ann@example.com', password }).expect(200)
    const { body } = await elsewhere.get('sessions').expect(200)
    const own = body.sessions.find(({ current }: { current: boolean }) => current)
    await ann.delete(`sessions/${own.id}`).expect(204)
    await elsewhere.get('drafts').expect(401)
    await ann.get('drafts').expect(200)
  })

  it('changes its password knowing the old one; every other session ends', async () => {
    const elsewhere = browserAt(service.url)
    await elsewhere.post('sign-in', { email: 'ann@example.com', password }).expect(200)
    const next = 'another long password'
    const { body } = await ann.put('password', { current: 'wrong', password: next }).expect(400)
    assert.equal(body.errors[0].field, 'current')
    await ann.put('password', { current: password, password: next }).expect(200)
    await ann.get('drafts').expect(200)
    await elsewhere.get('drafts').expect(401)
    await ann.put('password', { current: next, password }).expect(200)
  })

  it('gets a link to a new password by mail, and nobody learns who has an account', async () => {
    const browser = browserAt(service.url)
    await browser.post('forgotten-password', { email: 'nobody@example.com' }).expect(204)
    await browser.post('forgotten-password', { email: 'ann@example.com' }).expect(204)
    const token = await mailedToken(service, 'ann@example.com')
    const { body: link } = await browser.post('links/look', { token }).expect(200)
    assert.deepEqual([link.email, link.purpose], ['ann@example.com', 'password'])
    await browser.post('links/use', { token, password: 'short' }).expect(400)
    await browser.post('links/use', { token, password }).expect(200)
    await browser.get('drafts').expect(200)
    ann = browser
  })

  it('of the last admin stays an admin’s', async () => {
    const { body: people } = await ann.get('people').expect(200)
    const { id } = people.people.find(({ name }: { name: string }) => name === 'Ann')
    for (const change of [{ role: 'viewer' }, { status: 'disabled' }]) {
      const { body } = await ann.put(`people/${id}`, change).expect(409)
      assert.equal(body.code, 'last_admin')
    }
  })
})

describe('a key', () => {
  it('lets a publisher’s server ask for readers of its site, and ends when it is ended', async () => {
    const { body: key } = await ann
      .post('keys', { name: 'Our CMS', site: 'demo', scopes: ['views'] })
      .expect(201)
    const ask = (at?: string) =>
      request(service.url)
        .post('/v1/views')
        .set('Authorization', `Bearer ${key.key}`)
        .send({ article: { id: 'a' }, reader: { id: 'r' }, ...(at && { at }) })
    await ask().expect(200)
    await ask('2020-01-01T00:00:00Z').expect(403)
    await request(service.url).get('/v1/console/drafts').set('Authorization', `Bearer ${key.key}`).expect(401)
    await ann.delete(`keys/${key.id}`).expect(200)
    await ask().expect(401)
    const { body } = await ann.get('keys').expect(200)
    assert.equal(JSON.stringify(body).includes(key.key), false)
  })

  it('lets a script do what its scope says, and never what only people may', async () => {
    const { body: key } = await ann.post('keys', { name: 'Deploy', scopes: ['console.publish'] }).expect(201)
    const script = (method: 'get' | 'post', path: string) =>
      request(service.url)[method](`/v1/console/${path}`).set('Authorization', `Bearer ${key.key}`)
    await script('get', 'drafts').expect(200)
    await script('post', 'drafts').send({}).expect(201)
    await script('get', 'keys').expect(403)
    await script('get', 'sessions').expect(403)
    await script('post', 'people').send({ email: 'x@example.com', name: 'X', role: 'admin' }).expect(403)
  })
})
