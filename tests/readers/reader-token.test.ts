import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createReaderTokens } from '../../src/readers/reader-token.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 24)
const secret = 'a secret of thirty-two characters'
const newer = 'a newer secret of many characters'

describe('a reader’s token', () => {
  it('names a new reader every time one is made', () => {
    const tokens = createReaderTokens([secret])
    assert.notEqual(tokens.create(now).readerId, tokens.create(now).readerId)
  })

  it('is known again, also by another process with the same secret', () => {
    const { readerId, token } = createReaderTokens([secret]).create(now)
    assert.deepEqual(createReaderTokens([secret]).verify(token, now), { readerId, renewed: null })
  })

  it('is renewed for the same reader once it is a month old, long before it ends', () => {
    const tokens = createReaderTokens([secret])
    const { readerId, token } = tokens.create(now)
    const renewed = tokens.verify(token, now + 31 * day)
    assert.equal(renewed?.readerId, readerId)
    assert.deepEqual(tokens.verify(renewed?.renewed ?? '', now + 420 * day)?.readerId, readerId)
  })

  it('ends after 400 days, also when it has been seen before', () => {
    const tokens = createReaderTokens([secret])
    const { token } = tokens.create(now)
    assert.notEqual(tokens.verify(token, now + 399 * day), null)
    assert.equal(tokens.verify(token, now + 400 * day), null)
  })

  it('outlives a change of the secret: the old one still verifies, and a token of the new one is handed out', () => {
    const { readerId, token } = createReaderTokens([secret]).create(now)
    const verified = createReaderTokens([newer, secret]).verify(token, now)
    assert.equal(verified?.readerId, readerId)
    assert.deepEqual(createReaderTokens([newer]).verify(verified?.renewed ?? '', now), {
      readerId,
      renewed: null,
    })
  })

  it('is nothing when any part of it was changed', () => {
    const tokens = createReaderTokens([secret])
    const { token } = tokens.create(now)
    const [prefix, reader, expiry, signature] = token.split('.')
    const forged = [
      `${prefix}.${'A'.repeat(16)}.${expiry}.${signature}`,
      `${prefix}.${reader}.zzzzzzz.${signature}`,
      `${prefix}.${reader}.${expiry}.${'A'.repeat(43)}`,
      `r2.${reader}.${expiry}.${signature}`,
      `${token}A`,
      token.slice(0, -1),
      '',
    ]
    for (const text of forged) assert.equal(tokens.verify(text, now), null, text)
  })

  it('is nothing when it was signed with a secret we do not have', () => {
    const { token } = createReaderTokens([newer]).create(now)
    assert.equal(createReaderTokens([secret]).verify(token, now), null)
  })
})
