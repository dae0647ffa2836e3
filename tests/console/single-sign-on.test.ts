import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { type Service, startService } from '../support/service.ts'
import { adminAt, type Browser, password } from './desk.ts'
import { startIdentityProvider } from './identity-provider.ts'

const callback = '/v1/console/sign-in/oidc/callback'

let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let service: Service
let ann: Browser
before(async () => {
  provider = await startIdentityProvider({
    dora: { email: 'dora@example.com', email_verified: true, name: 'Dora', groups: ['staff', 'marketing'] },
    emil: { email: 'emil@example.com', email_verified: true, name: 'Emil', groups: ['staff'] },
    fake: { email: 'ann@example.com', email_verified: false, name: 'Not Ann', groups: ['marketing'] },
    ann: { email: 'Ann@example.com', email_verified: true, name: 'Ann' },
    other: { email: 'dora@example.com', email_verified: true, name: 'Another Dora', groups: ['admins'] },
  })
  service = await startService({
    environment: { ...provider.environment, OIDC_ROLES: 'marketing:publisher,admins:admin' },
  })
  await provider.serve(service.url)
  ann = await adminAt(service)
})
after(async () => {
  await service.stop()
  await provider.stop()
})

/** A browser that has been sent to the provider, and where to. */
async function begin() {
  const browser = request.agent(service.url)
  const { headers } = await browser.get('/v1/console/sign-in/oidc').expect(303)
  return { browser, address: String(headers.location) }
}

async function signIn(login: string) {
  const { browser, address } = await begin()
  const back = await provider.signIn(address, login)
  const { headers } = await browser.get(back.pathname + back.search).expect(303)
  const { body } = await browser.get('/v1/console/session').expect(200)
  return { person: body.person, location: String(headers.location), cookies: [headers['set-cookie']].flat() }
}

describe('signing in by an identity provider', () => {
  it('is offered on the sign-in page', async () => {
    const { body } = await request(service.url).get('/v1/console/session').expect(200)
    assert.equal(body.singleSignOn, true)
  })

  it('asks with PKCE, a state and a nonce, and for nothing but who it is', async () => {
    const { address } = await begin()
    const asked = new URL(address).searchParams
    assert.deepEqual(
      [asked.get('response_type'), asked.get('code_challenge_method'), asked.get('scope')],
      ['code', 'S256', 'openid email profile'],
    )
    for (const name of ['state', 'nonce', 'code_challenge'])
      assert.ok((asked.get(name) ?? '').length >= 32, name)
  })

  it('lets somebody in with the role of their group, again and again as the same person', async () => {
    const first = await signIn('dora')
    assert.equal(first.location, '/console')
    assert.deepEqual([first.person.email, first.person.role], ['dora@example.com', 'publisher'])
    assert.ok(
      first.cookies.some((cookie) => /newsrack_console=.*HttpOnly; SameSite=Strict/.test(String(cookie))),
    )
    assert.equal((await signIn('dora')).person.id, first.person.id)
  })

  it('makes who is in a group what the group says, whatever was changed here', async () => {
    const { person } = await signIn('dora')
    await ann.put(`people/${person.id}`, { role: 'viewer' }).expect(200)
    assert.equal((await signIn('dora')).person.role, 'publisher')
  })

  it('does not let in whom no group or invitation lets in', async () => {
    const { person, location } = await signIn('emil')
    assert.deepEqual([person, location], [null, '/console/sign-in?problem=forbidden'])
    await ann.post('people', { email: 'emil@example.com', name: 'Emil', role: 'editor' }).expect(201)
    assert.equal((await signIn('emil')).person.role, 'editor')
  })

  it('takes over no account by an address that the provider has not verified, or that is another person’s', async () => {
    assert.equal((await signIn('fake')).person, null)
    assert.equal((await signIn('other')).person, null)
    const { body } = await ann.get('session').expect(200)
    assert.deepEqual([body.person.role, body.person.hasSingleSignOn], ['admin', false])
  })

  it('leads a person who has a password to the same account', async () => {
    const { person } = await signIn('ann')
    assert.deepEqual([person.name, person.role, person.hasPassword], ['Ann', 'admin', true])
    await ann.post('sign-in', { email: 'ann@example.com', password }).expect(200)
  })

  it('does not let in who was disabled', async () => {
    const { person } = await signIn('dora')
    await ann.put(`people/${person.id}`, { status: 'disabled' }).expect(200)
    assert.equal((await signIn('dora')).person, null)
  })
})

describe('a sign-in that comes back', () => {
  const refused = async (answer: request.Test) => {
    const { headers } = await answer.expect(303)
    assert.equal(headers.location, '/console/sign-in?problem=sign_in_failed')
    assert.ok([headers['set-cookie']].flat().every((cookie) => !/newsrack_console=/.test(String(cookie))))
  }

  it('to a browser that did not begin it is refused: nobody can be signed in as somebody else', async () => {
    const { address } = await begin()
    const back = await provider.signIn(address, 'ann')
    await refused(request(service.url).get(back.pathname + back.search))
    const { browser } = await begin()
    await refused(browser.get(back.pathname + back.search))
  })

  it('is refused with a forged state or code, and a second time', async () => {
    const { browser, address } = await begin()
    const back = await provider.signIn(address, 'ann')
    const forged = new URLSearchParams(back.search)
    forged.set('state', 'forged')
    await refused(browser.get(`${callback}?${forged}`))
    const again = await begin()
    const { searchParams } = await provider.signIn(again.address, 'ann')
    await again.browser.get(`${callback}?${searchParams}`).expect(303)
    await refused(again.browser.get(`${callback}?${searchParams}`))
  })

  it('with the provider’s refusal leads back to the sign-in page', async () => {
    const { browser, address } = await begin()
    const state = new URL(address).searchParams.get('state')
    await refused(browser.get(`${callback}?error=access_denied&state=${state}`))
  })
})

describe('without a provider', () => {
  it('there is no such sign-in', async () => {
    const plain = await startService()
    try {
      await request(plain.url).get('/v1/console/sign-in/oidc').expect(404)
    } finally {
      await plain.stop()
    }
  })

  it('that can be reached, the sign-in page says so and passwords go on working', async () => {
    const away = await startService({
      environment: { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' },
    })
    try {
      const { headers } = await request(away.url).get('/v1/console/sign-in/oidc').expect(303)
      assert.equal(headers.location, '/console/sign-in?problem=sign_in_unavailable')
      await adminAt(away)
    } finally {
      await away.stop()
    }
  })
})
