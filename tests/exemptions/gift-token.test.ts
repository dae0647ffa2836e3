import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createGiftTokens } from '../../src/exemptions/gift-token.ts'
import { createPreviewTokens } from '../../src/exemptions/preview-token.ts'
import { newIdentity } from '../../src/readers/identity.ts'
import { createReaderTokens } from '../../src/readers/reader-token.ts'

const day = 86_400_000
const now = Date.UTC(2027, 0, 15)
const secret = 'a secret of thirty-two characters'
const newer = 'a newer secret of many characters'
const article = { site: 'demo', article: '2027/01/flood-aid' }

function made() {
  return createGiftTokens([secret]).create({ ...article, expiresAtMs: now + 5 * day })
}

describe('a gift’s token', () => {
  it('opens its article, also at another process with the same secret', () => {
    const { gift, token } = made()
    assert.match(gift, /^[\w-]{16}$/)
    assert.deepEqual(createGiftTokens([secret]).verify(token, { ...article, now }), { gift })
  })

  it('names another gift every time one is made', () => {
    assert.notEqual(made().gift, made().gift)
  })

  it('goes into an address as it stands, and tells no article and no reader', () => {
    const { token } = made()
    assert.equal(encodeURIComponent(token), token)
    assert.ok(token.length < 100)
  })

  it('opens no other article, and none of the same name at another site', () => {
    const tokens = createGiftTokens([secret])
    const { token } = made()
    for (const other of [
      { ...article, article: '2027/01/flood-aid ' },
      { ...article, article: '' },
      { ...article, site: 'other' },
    ]) {
      assert.equal(tokens.verify(token, { ...other, now }), null)
    }
  })

  it('ends at its last instant', () => {
    const tokens = createGiftTokens([secret])
    const { token } = made()
    assert.notEqual(tokens.verify(token, { ...article, now: now + 5 * day - 1 }), null)
    assert.equal(tokens.verify(token, { ...article, now: now + 5 * day }), null)
  })

  it('outlives a change of the secret for as long as the old one is kept', () => {
    const { gift, token } = made()
    assert.deepEqual(createGiftTokens([newer, secret]).verify(token, { ...article, now }), { gift })
    assert.equal(createGiftTokens([newer]).verify(token, { ...article, now }), null)
  })

  it('is nothing when any part of it was changed', () => {
    const tokens = createGiftTokens([secret])
    const { token } = made()
    const [prefix, gift, hash, expiry, mac] = token.split('.')
    const a = 'A'.repeat(16)
    const forged = [
      `${prefix}.${a}.${hash}.${expiry}.${mac}`,
      `${prefix}.${gift}.${a}.${expiry}.${mac}`,
      `${prefix}.${gift}.${hash}.zzzzzzz.${mac}`,
      `${prefix}.${gift}.${hash}.${expiry}.${'A'.repeat(43)}`,
      `g2.${gift}.${hash}.${expiry}.${mac}`,
      `${token}A`,
      `${token}\n`,
      token.slice(0, -1),
      '',
    ]
    for (const text of forged) assert.equal(tokens.verify(text, { ...article, now }), null, text)
  })
})

it('what is signed as one kind of token is worth nothing as another', () => {
  const gifts = createGiftTokens([secret])
  const previews = createPreviewTokens([secret])
  const readers = createReaderTokens([secret])
  const reader = readers.issue(newIdentity(), now)
  const { token: gift } = made()
  const preview = previews.create({ site: 'demo', expiresAtMs: now + day })
  for (const token of [reader, preview]) assert.equal(gifts.verify(token, { ...article, now }), null)
  for (const token of [reader, gift]) assert.equal(previews.isStaff(token, 'demo', now), false)
  for (const token of [gift, preview]) assert.equal(readers.verify(token, now), null)
})
