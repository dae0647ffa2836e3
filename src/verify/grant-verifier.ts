import { errors, type JWTPayload, jwtVerify } from 'jose'
import { createKeySet, KeysUnavailable } from './key-set.ts'

/** Whose grants are believed. */
export type GrantVerifierOptions = {
  /** The address of Newsrack as browsers know it (its PUBLIC_URL): what grants name as their issuer. */
  service: string | URL
  /** The id of the site. */
  site: string
  /** Where the keys are, if this server reaches Newsrack by another address. Default: the service's own. */
  keys?: string | URL
  /** Epoch milliseconds; for tests. */
  now?: () => number
}

/** The article whose text is asked for, as the publisher knows it. The class is `metered` if left out. */
export type GuardedArticle = { id: string; class?: 'metered' | 'registered' | 'premium' | undefined }

/**
 * Whether a grant opens an article. `expired` and `wrong_article` are what honest readers meet; `unavailable` says that
 * no keys could be fetched yet.
 */
export type Verdict = { opens: true; subject: string } | { opens: false; code: RefusalCode; detail: string }

export type RefusalCode = 'grant_missing' | 'grant_invalid' | 'grant_expired' | 'grant_unverifiable'

export type VerifyGrant = (token: string | null, article: GuardedArticle) => Promise<Verdict>

/** Clocks of servers may differ by this much. */
const clockToleranceSeconds = 10

/**
 * Verifies grants offline: signature by the service's published keys, ES256 and nothing else, issuer, site, article,
 * class and expiry. The class is what the reader's browser said of the article; a premium article must not open to who
 * called it metered.
 */
export function createGrantVerifier(options: GrantVerifierOptions): VerifyGrant {
  const { service, site, now = Date.now } = options
  const issuer = new URL(service).origin
  const address = new URL(options.keys ?? '/.well-known/jwks.json', service)
  const keySet = createKeySet({ address, now })

  return async (token, article) => {
    if (token === null) return refusal('grant_missing', 'Send the grant as a bearer token.')
    try {
      const { payload } = await jwtVerify(token, keySet.keyFor, {
        algorithms: ['ES256'],
        typ: 'grant+jwt',
        issuer,
        audience: site,
        requiredClaims: ['sub', 'exp', 'article', 'class'],
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(now()),
      })
      return verdictOf(payload, article)
    } catch (error) {
      return refusalFor(error)
    }
  }
}

function verdictOf(
  { sub = '', article: granted, class: said }: JWTPayload,
  { id, class: is = 'metered' }: GuardedArticle,
): Verdict {
  if (granted !== id) return refusal('grant_invalid', 'The grant is of another article.')
  if (said !== is) return refusal('grant_invalid', `The article is ${is}, and the grant of another class.`)
  return { opens: true, subject: sub }
}

function refusalFor(error: unknown): Verdict {
  if (error instanceof KeysUnavailable)
    return refusal('grant_unverifiable', 'The keys of grants cannot be fetched.')
  if (error instanceof errors.JWTExpired)
    return refusal('grant_expired', 'The grant has ended: ask for another.')
  return refusal('grant_invalid', 'The bearer token is no grant of this site.')
}

function refusal(code: RefusalCode, detail: string): Verdict {
  return { opens: false, code, detail }
}
