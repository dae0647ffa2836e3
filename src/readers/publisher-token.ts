import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { Problem } from '../http/problem.ts'
import type { Site } from '../paywall/site.ts'
import type { PublisherSignIn } from './publisher-sign-in.ts'

/**
 * Reads the token by which a publisher's own sign-in says who a reader is: a JWT with `iss`, `aud`, `exp` and `sub`, the
 * publisher's id of the reader. `now` in epoch milliseconds.
 */
export type ReadPublisherToken = (
  token: string,
  at: { site: Site; now: number },
) => Promise<{ sub: string } | Problem>

/** How far the publisher's clock may be from ours. */
const clockToleranceSeconds = 60
const longestSubBytes = 512

/** Keys are fetched once in this time, and at once for a key id that is not known, but not more often than `cooldownMs`. */
const keysLifeMs = 600_000

/** The algorithm is the configured one whatever a token says, so a public key is never taken for a shared secret. */
export function createReadPublisherToken(parts: {
  /** The shared secrets, by site. */
  secrets: ReadonlyMap<string, string>
  /** Hears why keys could not be had. */
  onKeysAway: (error: unknown) => void
  cooldownMs?: number
}): ReadPublisherToken {
  const { secrets, onKeysAway, cooldownMs = 10_000 } = parts
  const keySets = new Map<string, JWTVerifyGetKey>()

  function keysAt(url: string): JWTVerifyGetKey {
    const known = keySets.get(url)
    if (known !== undefined) return known
    const keys = createRemoteJWKSet(new URL(url), {
      cooldownDuration: cooldownMs,
      cacheMaxAge: keysLifeMs,
      timeoutDuration: 3000,
    })
    keySets.set(url, keys)
    return keys
  }

  async function verify(token: string, signIn: PublisherSignIn, { site, now }: { site: Site; now: number }) {
    const { issuer, audience, algorithm } = signIn
    const options = {
      issuer,
      audience,
      algorithms: [algorithm],
      requiredClaims: ['exp', 'sub'],
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now),
    }
    if (signIn.algorithm !== 'HS256') return jwtVerify(token, keysAt(signIn.jwksUrl), options)
    const secret = secrets.get(site.id)
    if (secret === undefined) throw new Error(`SIGN_IN_SECRETS has no secret for ${site.id}`)
    return jwtVerify(token, new TextEncoder().encode(secret), options)
  }

  return async (token, { site, now }) => {
    const signIn = site.publisherSignIn
    if (signIn === undefined)
      return new Problem('publisher_sign_in_unavailable', `${site.name} has no sign-in of its own.`)
    try {
      const { payload } = await verify(token, signIn, { site, now })
      const { sub = '' } = payload
      const fits = sub !== '' && Buffer.byteLength(sub) <= longestSubBytes
      return fits ? { sub } : refused(`sub: expected 1 to ${longestSubBytes} bytes`)
    } catch (error) {
      const fault = faultOf(error)
      if (fault !== null) return refused(fault)
      onKeysAway(error)
      return new Problem(
        'publisher_keys_unavailable',
        'The publisher’s keys cannot be had just now, so nobody is signed in; try again.',
      )
    }
  }
}

/** A fault of the token is told by the check it failed; null for everything else, which is the keys’ and never a way in. */
function faultOf(error: unknown): string | null {
  if (error instanceof errors.JWTExpired) return 'exp: it has expired'
  if (error instanceof errors.JWTClaimValidationFailed)
    return `${error.claim}: ${error.reason === 'missing' ? 'missing' : 'not what the site’s configuration expects'}`
  if (error instanceof errors.JOSEAlgNotAllowed) return 'alg: not the configured algorithm'
  if (error instanceof errors.JWKSNoMatchingKey) return 'kid: the key set has no such key'
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'kid: missing, and there are several keys'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature does not fit'
  return error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid
    ? 'it is no signed JWT'
    : null
}

function refused(fault: string): Problem {
  return new Problem('sign_in_token_refused', `The token is not accepted: ${fault}.`)
}
