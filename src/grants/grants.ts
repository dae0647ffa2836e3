import { createHmac } from 'node:crypto'
import jwt from 'jsonwebtoken'
import type { Article } from '../paywall/article.ts'
import type { Site } from '../paywall/site.ts'
import type { GrantKeys } from './grant-keys.ts'

/**
 * What a grant says: this reader may have the text of this article of this site (`aud`) until `exp`. `class` is what the
 * caller said of the article, for whoever holds the text to compare with what it is.
 */
export type GrantClaims = {
  iss: string
  aud: string
  sub: string
  article: string
  class: Article['class']
  iat: number
  exp: number
}

/** Signs a grant; `reader` is the key of `readerKey()`, `now` in epoch milliseconds. */
export type SignGrant = (grant: {
  site: Site
  reader: string
  article: Article
  now: number
}) => string | null

/** The `typ` of a grant's header, so that no other token can pass for one (RFC 8725, section 3.11). */
const grantType = 'grant+jwt'

/**
 * Signs grants as ES256 JWTs; null for a site that withholds no text, and for a free article, which has none to
 * withhold. One signature takes some 40 µs, which other sites' answers do not pay. `secrets` and `serviceUrl` as in the
 * settings.
 */
export function createSignGrant(options: {
  keys: GrantKeys
  secrets: readonly string[]
  serviceUrl: URL
}): SignGrant {
  const { keys, serviceUrl } = options
  const [secret = ''] = options.secrets
  return ({ site, reader, article, now }) => {
    if (site.grants === undefined || article.class === 'free') return null
    const { kid, privateKey } = keys.signingAt(now)
    const iat = Math.floor(now / 1000)
    const claims: GrantClaims = {
      iss: serviceUrl.origin,
      aud: site.id,
      sub: subjectOf(secret, reader),
      article: article.id,
      class: article.class,
      iat,
      exp: iat + site.grants.minutes * 60,
    }
    return jwt.sign(claims, privateKey, {
      algorithm: 'ES256',
      header: { alg: 'ES256', typ: grantType, kid },
    })
  }
}

/** The same for a reader each time, and nothing that anyone else could trace back to the reader. */
function subjectOf(secret: string, reader: string): string {
  return createHmac('sha256', secret)
    .update(`grant subject\n${reader}`)
    .digest()
    .subarray(0, 12)
    .toString('base64url')
}
