import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { z } from 'zod'
import type { SingleSignOnAccount } from '../settings.ts'

/** What this browser's sign-in has to come back with. */
export type SignInUnderWay = z.infer<typeof underWaySchema>
export const underWaySchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() })

/** Whom the identity provider vouches for. `email` is null where it does not vouch for the address. */
export type Identity = { subject: string; email: string | null; name: string; groups: string[] }

/** Sign-in by an OpenID Connect provider: code flow with PKCE, state and nonce. */
export type SingleSignOn = {
  /** Where to send the browser. Rejects when the provider cannot be reached. */
  begin(): Promise<{ url: URL; underWay: SignInUnderWay }>
  /** Who has come back at `url`. Rejects when anything does not fit. */
  finish(url: URL, underWay: SignInUnderWay): Promise<Identity>
}

const subjectSchema = z.object({ iss: z.string(), sub: z.string() })

const claimsSchema = subjectSchema.extend({
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.literal('true').transform(() => true)]).optional(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  groups: z.union([z.array(z.string()), z.string().transform((group) => [group])]).default([]),
})

export function createSingleSignOn(account: SingleSignOnAccount, redirectUri: URL): SingleSignOn {
  const { issuer, clientId, clientSecret } = account
  let found: Promise<Configuration> | null = null

  /** Asked once, when somebody first signs in: a provider that is away does not keep the service from starting. */
  function provider(): Promise<Configuration> {
    const execute = isThisMachine(issuer) ? { execute: [allowInsecureRequests] } : undefined
    found ??= discovery(issuer, clientId, clientSecret, undefined, execute).catch((error) => {
      found = null
      throw error
    })
    return found
  }

  return {
    async begin() {
      const configuration = await provider()
      const underWay = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri.href,
        scope: 'openid email profile',
        state: underWay.state,
        nonce: underWay.nonce,
        code_challenge: await calculatePKCECodeChallenge(underWay.verifier),
        code_challenge_method: 'S256',
      })
      return { url, underWay }
    },
    async finish(url, { state, nonce, verifier }) {
      const configuration = await provider()
      const tokens = await authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const vouched = subjectSchema.parse(tokens.claims())
      // Many providers tell address and groups here only. The library checks that it is about the same subject.
      const told = await fetchUserInfo(configuration, tokens.access_token, vouched.sub)
      const claims = claimsSchema.parse({ ...tokens.claims(), ...told, iss: vouched.iss })
      return {
        subject: `${claims.iss}|${claims.sub}`,
        email: claims.email_verified === true ? (claims.email ?? null) : null,
        name: claims.name ?? claims.preferred_username ?? claims.email ?? claims.sub,
        groups: claims.groups,
      }
    },
  }
}

/** http is for a provider beside us only. */
function isThisMachine({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
