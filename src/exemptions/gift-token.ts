import { hash, randomBytes } from 'node:crypto'
import { createSignature } from './signature.ts'

/**
 * What a gift link carries: `g1.<gift id>.<article>.<expiry, epoch seconds in base 36>.<HMAC-SHA-256>`. It names no
 * reader, so a link that goes round tells nothing of who gave it.
 */
export type GiftTokens = {
  /** A new gift of one article. Epoch milliseconds; the token holds whole seconds. */
  create(gift: GivenArticle & { expiresAtMs: number }): { gift: string; token: string }
  /** The gift, or null for a token that is forged, expired or of another article or site. */
  verify(token: string, gift: GivenArticle & { now: number }): { gift: string } | null
}

/** The ids of the article and of its site. */
export type GivenArticle = { site: string; article: string }

export function createGiftTokens(secrets: readonly string[]): GiftTokens {
  const signature = createSignature('gift link', secrets)
  return {
    create({ expiresAtMs, ...given }) {
      const gift = randomBytes(12).toString('base64url')
      const body = `g1.${gift}.${articleHash(given)}.${Math.floor(expiresAtMs / 1000).toString(36)}`
      return { gift, token: `${body}.${signature.of(body)}` }
    },
    verify(token, { now, ...given }) {
      const match = pattern.exec(token)
      if (match === null) return null
      const [, body = '', gift = '', article = '', expiry = '', mac = ''] = match
      if (!signature.fits(body, mac)) return null
      const isLive = Number.parseInt(expiry, 36) * 1000 > now
      return isLive && article === articleHash(given) ? { gift } : null
    },
  }
}

const pattern = /^(g1\.([\w-]{16})\.([\w-]{16})\.([0-9a-z]{1,9}))\.([\w-]{43})$/

/** 96 bits, so that nobody finds another article with the same. */
function articleHash({ site, article }: GivenArticle): string {
  return hash('sha256', `${site}\n${article}`, 'buffer').subarray(0, 12).toString('base64url')
}
