import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { exportSPKI, type JWTPayload, SignJWT } from 'jose'
import { Problem } from '../../src/http/problem.ts'
import { siteSchema } from '../../src/paywall/site.ts'
import { createReadPublisherToken } from '../../src/readers/publisher-token.ts'
import { newSigningKey, type SigningKey, startKeyServer } from '../support/key-server.ts'

const now = Date.UTC(2026, 10, 24, 12)
const nowSeconds = now / 1000
const secret = 'a shared secret of thirty-two characters'
const issuer = 'https://accounts.example.com'
const audience = 'newsrack'

let keys: Awaited<ReturnType<typeof startKeyServer>>
let es: SigningKey
let rs: SigningKey
before(async () => {
  keys = await startKeyServer()
  es = await newSigningKey('ES256', 'es-1')
  rs = await newSigningKey('RS256', 'rs-1')
})
after(() => keys.stop())

type Algorithm = 'HS256' | 'RS256' | 'ES256'

function siteWith(algorithm: Algorithm, jwksUrl = keys.url) {
  return siteSchema.parse({
    id: 'demo',
    name: 'The Harbor Lantern',
    timeZone: 'UTC',
    publisherSignIn: { algorithm, issuer, audience, ...(algorithm !== 'HS256' && { jwksUrl }) },
  })
}

const claims = { sub: 'reader-42', iss: issuer, aud: audience, exp: nowSeconds + 300 }

function signed(payload: JWTPayload, key: SigningKey, header: object = {}) {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, ...header })
    .sign(key.privateKey)
}

function shared(payload: JWTPayload, by = secret) {
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(by))
}

function reading({ cooldownMs = 10_000, secrets = new Map([['demo', secret]]) } = {}) {
  const away: unknown[] = []
  const read = createReadPublisherToken({ secrets, cooldownMs, onKeysAway: (error) => away.push(error) })
  return {
    away,
    read: (token: string, algorithm: Algorithm, jwksUrl?: string) =>
      read(token, { site: siteWith(algorithm, jwksUrl), now }),
  }
}

function codeAndDetail(result: { sub: string } | Problem): [string, string] {
  return result instanceof Problem ? [result.code, result.detail] : ['signed in', result.sub]
}

async function refusal(token: string, algorithm: Algorithm): Promise<string> {
  const [code, detail] = codeAndDetail(await reading().read(token, algorithm))
  assert.equal(code, 'sign_in_token_refused', detail)
  return detail
}

describe('the publisher’s own token', () => {
  it('signs in its subject with HS256, RS256 and ES256', async () => {
    keys.publish(es, rs)
    const { read } = reading()
    assert.deepEqual(await read(await shared(claims), 'HS256'), { sub: 'reader-42' })
    assert.deepEqual(await read(await signed(claims, rs), 'RS256'), { sub: 'reader-42' })
    assert.deepEqual(await read(await signed(claims, es), 'ES256'), { sub: 'reader-42' })
  })

  it('asks for the keys once, however many sign in', async () => {
    keys.publish(es)
    const { read } = reading()
    const before = keys.asked()
    const token = await signed(claims, es)
    await Promise.all(Array.from({ length: 20 }, () => read(token, 'ES256')))
    await read(token, 'ES256')
    assert.equal(keys.asked() - before, 1)
  })

  it('is known by a key that was published after the last look', async () => {
    keys.publish(es)
    const { read } = reading({ cooldownMs: 0 })
    assert.deepEqual(await read(await signed(claims, es), 'ES256'), { sub: 'reader-42' })
    const next = await newSigningKey('ES256', 'es-2')
    keys.publish(es, next)
    assert.deepEqual(await read(await signed(claims, next), 'ES256'), { sub: 'reader-42' })
    keys.publish(next)
    assert.deepEqual(await read(await signed(claims, next), 'ES256'), { sub: 'reader-42' })
  })

  it('lets nobody have the keys asked for again and again by made-up key ids', async () => {
    keys.publish(es)
    const { read } = reading()
    await read(await signed(claims, es), 'ES256')
    const before = keys.asked()
    for (const kid of ['a', 'b', 'c']) {
      const [code] = codeAndDetail(await read(await signed(claims, es, { kid }), 'ES256'))
      assert.equal(code, 'sign_in_token_refused')
    }
    assert.equal(keys.asked(), before)
  })

  it('is worth nothing without a signature, whatever it says of its algorithm', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const alg of ['none', 'None', 'NONE', '', 'ES256']) {
      for (const algorithm of ['HS256', 'ES256'] as const)
        await refusal(`${part({ alg, kid: 'es-1' })}.${part(claims)}.`, algorithm)
    }
    for (const text of ['', 'a.b', 'a.b.c', 'a.b.c.d.e']) await refusal(text, 'ES256')
  })

  it('is not taken for one with a shared secret when it is signed with the public key', async () => {
    keys.publish(rs)
    const spki = await exportSPKI(rs.publicKey)
    for (const by of [spki, spki.trim(), JSON.stringify(rs.jwk), String(rs.jwk.n)]) {
      assert.match(await refusal(await shared(claims, by), 'RS256'), /alg/)
      assert.match(await refusal(await shared(claims, by), 'HS256'), /signature/)
    }
  })

  it('must be of the algorithm that is configured', async () => {
    keys.publish(es, rs)
    assert.match(await refusal(await signed(claims, rs), 'ES256'), /alg/)
    assert.match(await refusal(await signed(claims, es), 'RS256'), /alg/)
    assert.match(await refusal(await signed(claims, es), 'HS256'), /alg/)
  })

  it('must be by the issuer, for us, not expired, and about somebody', async () => {
    keys.publish(es)
    const { exp: _exp, ...endless } = claims
    const { sub: _sub, ...nobody } = claims
    const cases: [JWTPayload, RegExp][] = [
      [{ ...claims, iss: 'https://accounts.example.com/' }, /iss/],
      [{ ...claims, iss: 'https://evil.example' }, /iss/],
      [{ ...claims, aud: 'another service' }, /aud/],
      [{ ...claims, aud: [] }, /aud/],
      [{ ...claims, exp: nowSeconds - 61 }, /exp/],
      [{ ...claims, nbf: nowSeconds + 61 }, /nbf/],
      [endless, /exp/],
      [nobody, /sub/],
      [{ ...claims, sub: '' }, /sub/],
      [{ ...claims, sub: 'x'.repeat(513) }, /sub/],
    ]
    for (const [payload, says] of cases) assert.match(await refusal(await signed(payload, es), 'ES256'), says)
  })

  it('forgives a minute between the clocks', async () => {
    keys.publish(es)
    const { read } = reading()
    const token = await signed({ ...claims, exp: nowSeconds - 59, nbf: nowSeconds + 59 }, es)
    assert.deepEqual(await read(token, 'ES256'), { sub: 'reader-42' })
  })

  it('may be for several audiences, of which we are one', async () => {
    keys.publish(es)
    const token = await signed({ ...claims, aud: ['another', audience] }, es)
    assert.deepEqual(await reading().read(token, 'ES256'), { sub: 'reader-42' })
  })

  it('is worth nothing when another key signed it under a known key id', async () => {
    keys.publish(es)
    const forger = await newSigningKey('ES256', 'es-1')
    assert.match(await refusal(await signed(claims, forger), 'ES256'), /signature/)
    assert.match(await refusal(await shared(claims, `${secret}x`), 'HS256'), /signature/)
  })

  it('brings no keys of its own', async () => {
    keys.publish(es)
    const forger = await newSigningKey('ES256', 'forged')
    const header = { kid: undefined, jwk: forger.jwk, jku: keys.url }
    assert.match(await refusal(await signed(claims, forger, header), 'ES256'), /signature/)
  })

  it('signs nobody in while the keys cannot be had, and says so', async () => {
    const token = await signed(claims, es)
    for (const breakIt of [
      () => keys.answerWith(500),
      () => keys.answerWith(302),
      () => keys.answerWith(404),
    ]) {
      breakIt()
      const { read, away } = reading()
      assert.deepEqual(codeAndDetail(await read(token, 'ES256'))[0], 'publisher_keys_unavailable')
      assert.equal(away.length, 1)
    }
    keys.answerWith(200)
    const nobody = reading()
    const [code] = codeAndDetail(await nobody.read(token, 'ES256', 'http://127.0.0.1:9/jwks.json'))
    assert.equal(code, 'publisher_keys_unavailable')
  })

  it('signs nobody in where the secret is missing', async () => {
    const { read } = reading({ secrets: new Map() })
    for (const by of [secret, ' ']) {
      const [code] = codeAndDetail(await read(await shared(claims, by), 'HS256'))
      assert.equal(code, 'publisher_keys_unavailable')
    }
  })

  it('is not asked for where the site has no sign-in of its own', async () => {
    const site = siteSchema.parse({ id: 'demo', name: 'A', timeZone: 'UTC' })
    const read = createReadPublisherToken({ secrets: new Map(), onKeysAway: () => {} })
    assert.equal(codeAndDetail(await read('x', { site, now }))[0], 'publisher_sign_in_unavailable')
  })
})

it('a site’s keys come over https, or from this machine', () => {
  for (const url of ['http://accounts.example.com/jwks', 'file:///etc/passwd', 'jwks.json'])
    assert.throws(() => siteWith('ES256', url), /https/)
  siteWith('ES256', 'https://accounts.example.com/jwks')
})
