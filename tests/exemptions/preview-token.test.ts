import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPreviewTokens } from '../../src/exemptions/preview-token.ts'

const day = 86_400_000
const now = Date.UTC(2027, 0, 15)
const secret = 'a secret of thirty-two characters'
const newer = 'a newer secret of many characters'

describe('a preview token', () => {
  const tokens = createPreviewTokens([secret])
  const token = tokens.create({ site: 'demo', expiresAtMs: now + day })

  it('shows that its bearer is of the site’s staff, until it ends', () => {
    assert.equal(tokens.isStaff(token, 'demo', now), true)
    assert.equal(createPreviewTokens([newer, secret]).isStaff(token, 'demo', now + day - 1), true)
    assert.equal(tokens.isStaff(token, 'demo', now + day), false)
  })

  it('is worth nothing at another site', () => {
    assert.equal(tokens.isStaff(token, 'other', now), false)
  })

  it('is nothing when it was changed or signed with another secret', () => {
    const [prefix, site, expiry, mac] = token.split('.')
    for (const text of [
      `${prefix}.${site}.zzzzzzz.${mac}`,
      `${prefix}.${site}.${expiry}.${'A'.repeat(43)}`,
      `${token}A`,
      token.slice(0, -1),
      '',
    ]) {
      assert.equal(tokens.isStaff(text, 'demo', now), false, text)
    }
    assert.equal(tokens.isStaff(`${prefix}.other.${expiry}.${mac}`, 'other', now), false)
    assert.equal(createPreviewTokens([newer]).isStaff(token, 'demo', now), false)
  })
})
