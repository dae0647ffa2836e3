import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { createGrantKeys } from '../../src/grants/grant-keys.ts'
import { createSignGrant } from '../../src/grants/grants.ts'
import { articleSchema } from '../../src/paywall/article.ts'
import { roomRules } from '../support/reading-room.ts'

const secrets = ['a-secret-of-the-test-that-is-long-enough']
const keys = createGrantKeys(secrets)
const sign = createSignGrant({ keys, secrets, serviceUrl: new URL('https://meter.example.com') })
const now = Date.parse('2026-11-24T12:00:00Z')
const { site } = roomRules({ site: { grants: { minutes: 7 } } })
const article = articleSchema.parse({ id: '2026/11/flüchtlinge' })

describe('a grant', () => {
  it('says which reader may read which article of which site, and until when', () => {
    const grant = sign({ site, reader: 'demo:reader-1', article, now }) ?? ''
    assert.deepEqual(decodeProtectedHeader(grant), {
      alg: 'ES256',
      typ: 'grant+jwt',
      kid: keys.signingAt(now).kid,
    })
    const { sub, ...claims } = decodeJwt(grant)
    assert.match(sub ?? '', /^[\w-]{16}$/)
    assert.deepEqual(claims, {
      iss: 'https://meter.example.com',
      aud: 'demo',
      article: '2026/11/flüchtlinge',
      class: 'metered',
      iat: now / 1000,
      exp: now / 1000 + 7 * 60,
    })
  })

  it('does not tell who the reader is, but tells one from another', () => {
    const subjects = ['demo:reader-1', 'demo:reader-1', 'demo:reader-2'].map((reader) => {
      const grant = sign({ site, reader, article, now }) ?? ''
      assert.ok(!Buffer.from(grant.split('.')[1] ?? '', 'base64url').includes('reader-'))
      return decodeJwt(grant).sub
    })
    assert.equal(subjects[0], subjects[1])
    assert.notEqual(subjects[0], subjects[2])
  })

  it('is ASCII that stands in JSON as it is, whatever the article is called', () => {
    assert.match(sign({ site, reader: 'demo:reader-1', article, now }) ?? '', /^[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  it('is not made for a site that withholds nothing, nor for a free article', () => {
    const open = roomRules({}).site
    assert.equal(sign({ site: open, reader: 'demo:reader-1', article, now }), null)
    const free = articleSchema.parse({ id: 'a', class: 'free' })
    assert.equal(sign({ site, reader: 'demo:reader-1', article: free, now }), null)
  })
})
