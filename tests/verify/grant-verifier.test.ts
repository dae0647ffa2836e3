import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createGrantKeys, rotation } from '../../src/grants/grant-keys.ts'
import { createGrantVerifier, type VerifyGrant } from '../../src/verify/grant-verifier.ts'
import { anHourMs, type KeyServer, startKeyServer } from './key-server.ts'

let service: KeyServer
let verify: VerifyGrant
beforeEach(async () => {
  service = await startKeyServer()
  verify = createGrantVerifier({ service: service.url, site: 'demo', now: service.now })
})
afterEach(() => service.stop())

const article = { id: '2026/11/flood-aid' }

async function codeOf(token: string | null, asked: Parameters<VerifyGrant>[1] = article): Promise<string> {
  const verdict = await verify(token, asked)
  return verdict.opens ? 'opens' : verdict.code
}

/** The same token with other claims and the old signature. */
function altered(grant: string, part: 0 | 1, changes: Record<string, unknown>): string {
  const parts = grant.split('.')
  const read: unknown = JSON.parse(Buffer.from(parts[part] ?? '', 'base64url').toString())
  parts[part] = Buffer.from(JSON.stringify(Object.assign({}, read, changes))).toString('base64url')
  return parts.join('.')
}

describe('a grant', () => {
  it('opens its article, and tells readers apart without naming them', async () => {
    const verdict = await verify(service.grantFor(article.id), article)
    assert.ok(verdict.opens)
    assert.match(verdict.subject, /^[\w-]{16}$/)
  })

  it('opens no other article', async () => {
    assert.equal(await codeOf(service.grantFor('another')), 'grant_invalid')
  })

  it('opens nothing at another site, nor one of another service', async () => {
    const grant = service.grantFor(article.id)
    const options = { now: service.now, keys: new URL('/.well-known/jwks.json', service.url) }
    for (const other of [
      createGrantVerifier({ ...options, service: service.url, site: 'other' }),
      createGrantVerifier({ ...options, service: 'https://meter.example.com', site: 'demo' }),
    ]) {
      const verdict = await other(grant, article)
      assert.equal(verdict.opens ? 'opens' : verdict.code, 'grant_invalid')
    }
  })

  it('opens no article of a stricter class than the one its reader named', async () => {
    const premium = { ...article, class: 'premium' } as const
    assert.equal(await codeOf(service.grantFor(article.id), premium), 'grant_invalid')
    assert.equal(await codeOf(service.grantFor(article.id, { class: 'premium' }), premium), 'opens')
  })

  it('ends after its minutes, with a little patience for clocks that differ', async () => {
    const grant = service.grantFor(article.id)
    service.clock.now += 5 * 60_000 + 9_000
    assert.equal(await codeOf(grant), 'opens')
    service.clock.now += 2_000
    assert.equal(await codeOf(grant), 'grant_expired')
  })

  it('is worth nothing altered, unsigned, or not there', async () => {
    const grant = service.grantFor(article.id)
    const [header, claims] = grant.split('.')
    const unsigned = altered(`${header}.${claims}.`, 0, { alg: 'none' })
    assert.equal(await codeOf(altered(grant, 1, { exp: 9_999_999_999 })), 'grant_invalid')
    assert.equal(await codeOf(unsigned), 'grant_invalid')
    assert.equal(await codeOf('nonsense'), 'grant_invalid')
    assert.equal(await codeOf(null), 'grant_missing')
  })

  it('cannot be forged with the public key as if it were a shared secret', async () => {
    const [key] = createGrantKeys(service.state.secrets).publishedAt(service.now())
    const [header, claims] = altered(service.grantFor(article.id), 0, { alg: 'HS256' }).split('.')
    const mac = createHmac('sha256', JSON.stringify(key)).update(`${header}.${claims}`).digest('base64url')
    assert.equal(await codeOf(`${header}.${claims}.${mac}`), 'grant_invalid')
  })

  it('cannot be forged with a key that it brings along', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const jwk = { ...(await exportJWK(publicKey)), kid: 'mine' }
    const seconds = service.now() / 1000
    const forged = await new SignJWT({ article: article.id, class: 'metered' })
      .setProtectedHeader({ alg: 'ES256', typ: 'grant+jwt', kid: 'mine', jwk })
      .setIssuer(service.url)
      .setAudience('demo')
      .setSubject('me')
      .setExpirationTime(seconds + 60)
      .sign(privateKey)
    assert.equal(await codeOf(forged), 'grant_invalid')
  })
})

describe('the keys', () => {
  it('are fetched once for many grants that come at once', async () => {
    const grant = service.grantFor(article.id)
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(grant)))
    assert.deepEqual(new Set(codes), new Set(['opens']))
    assert.equal(service.state.asked, 1)
  })

  it('change in the middle of reading, and nobody notices', async () => {
    let refused = 0
    for (let instant = 0; instant < 2 * rotation.periodMs; instant += anHourMs) {
      service.clock.now += anHourMs
      if ((await codeOf(service.grantFor(article.id))) !== 'opens') refused += 1
    }
    assert.equal(refused, 0)
  })

  it('are fetched at once when a grant names one that is not known', async () => {
    await codeOf(service.grantFor(article.id))
    service.state.secrets = ['another-secret-of-the-test-that-is-long', ...service.state.secrets]
    service.clock.now += 10_000
    assert.equal(await codeOf(service.grantFor(article.id)), 'opens')
    assert.equal(service.state.asked, 2)
  })

  it('are not asked for again and again because of forged key ids', async () => {
    const grant = service.grantFor(article.id)
    await codeOf(grant)
    service.clock.now += 10_000
    for (let attempt = 0; attempt < 50; attempt += 1) {
      assert.equal(await codeOf(altered(grant, 0, { kid: `made-up-${attempt}` })), 'grant_invalid')
    }
    assert.equal(service.state.asked, 2)
    assert.equal(await codeOf(service.grantFor(article.id)), 'opens')
  })

  it('stay while the service is away, for days if need be', async () => {
    await codeOf(service.grantFor(article.id))
    service.state.isDown = true
    for (let hours = 0; hours < 48; hours += 1) {
      service.clock.now += anHourMs
      assert.equal(await codeOf(service.grantFor(article.id)), 'opens')
    }
    assert.ok(service.state.asked > 10)
  })

  it('that could never be fetched refuse nobody for good: it is tried again', async () => {
    service.state.isDown = true
    assert.equal(await codeOf(service.grantFor(article.id)), 'grant_unverifiable')
    assert.equal(await codeOf(service.grantFor(article.id)), 'grant_unverifiable')
    assert.equal(service.state.asked, 1)
    service.state.isDown = false
    service.clock.now += 10_000
    assert.equal(await codeOf(service.grantFor(article.id)), 'opens')
  })
})
