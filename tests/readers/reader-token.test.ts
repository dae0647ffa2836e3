import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Identity, newIdentity, withSite } from '../../src/readers/identity.ts'
import { createReaderTokens } from '../../src/readers/reader-token.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 24)
const secret = 'a secret of thirty-two characters'
const newer = 'a newer secret of many characters'

const anonymous = newIdentity()
const account = {
  site: 'my-paper',
  account: 'A_ccount-0123456',
  session: 's-ession_01234ab',
  checkedUntil: 9e8,
}
const everything: Identity = withSite(
  withSite({ ...anonymous, newcomer: { nth: 137, at: 1_700_000_000 } }, account),
  { site: 'other', signedOutAt: 1_700_000_001 },
)

function tokenOf(identity: Identity = anonymous, secrets = [secret], at = now): string {
  return createReaderTokens(secrets).issue(identity, at)
}

describe('a reader’s token', () => {
  it('names a new reader every time one is made', () => {
    assert.notEqual(newIdentity().browser, newIdentity().browser)
  })

  it('is known again, also by another process with the same secret', () => {
    assert.deepEqual(createReaderTokens([secret]).verify(tokenOf(), now), {
      identity: anonymous,
      isOld: false,
    })
  })

  it('tells who is signed in where, who has signed out, and who came late', () => {
    assert.deepEqual(createReaderTokens([secret]).verify(tokenOf(everything), now)?.identity, everything)
  })

  it('stays as short as it was for a reader of whom there is nothing to tell', () => {
    assert.match(tokenOf(), /^r1\.[\w-]{16}\.[0-9a-z]{6}\.[\w-]{43}$/)
  })

  it('fits into a cookie, however many sites a reader signs in to', () => {
    let identity = everything
    for (let nth = 0; nth < 100; nth += 1)
      identity = withSite(identity, { ...account, site: 's'.repeat(40) + nth })
    const token = tokenOf(identity)
    assert.ok(token.length < 1500, `${token.length} characters`)
    const known = createReaderTokens([secret]).verify(token, now)?.identity.sites ?? []
    assert.deepEqual([known.length, known[0]?.site.endsWith('99')], [8, true])
  })

  it('may be sent as a cookie and as a bearer token', () => {
    assert.match(tokenOf(everything), /^[\w.~+/-]+$/)
  })

  it('is to be renewed once it is a month old, long before it ends', () => {
    const tokens = createReaderTokens([secret])
    assert.equal(tokens.verify(tokenOf(), now + 29 * day)?.isOld, false)
    assert.equal(tokens.verify(tokenOf(), now + 31 * day)?.isOld, true)
  })

  it('ends after 400 days, also when it has been seen before', () => {
    const tokens = createReaderTokens([secret])
    const token = tokenOf()
    assert.notEqual(tokens.verify(token, now + 399 * day), null)
    assert.equal(tokens.verify(token, now + 400 * day), null)
  })

  it('outlives a change of the secret: the old one still verifies, and is to be exchanged', () => {
    const verified = createReaderTokens([newer, secret]).verify(tokenOf(everything), now)
    assert.deepEqual(verified, { identity: everything, isOld: true })
    const exchanged = tokenOf(everything, [newer, secret])
    assert.equal(createReaderTokens([newer]).verify(exchanged, now)?.isOld, false)
  })

  it('is nothing when any part of it was changed', () => {
    const tokens = createReaderTokens([secret])
    const token = tokenOf(everything)
    const [prefix, browser, expiry, first, ...rest] = token.split('.')
    const signature = rest.at(-1)
    const forged = [
      token.replace(String(browser), 'A'.repeat(16)),
      token.replace(`.${expiry}.`, '.zzzzzzz.'),
      token.replace(String(signature), 'A'.repeat(43)),
      token.replace(`.${first}`, ''),
      token.replace('A_ccount', 'B_ccount'),
      token.replace('~my-paper~', '~other-paper~'),
      `${prefix}.${browser}.${expiry}.${signature}`,
      tokenOf().replace(/^r1/, 'r2'),
      `${token}A`,
      token.slice(0, -1),
      '',
    ]
    for (const text of forged) assert.equal(tokens.verify(text, now), null, text)
  })

  it('is nothing when it was signed with a secret we do not have', () => {
    assert.equal(createReaderTokens([secret]).verify(tokenOf(anonymous, [newer]), now), null)
  })
})
