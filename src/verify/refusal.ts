import type { Verdict } from './grant-verifier.ts'

/** The answer to a request whose grant does not open the article: RFC 9457, never to be stored. */
export type Refusal = { status: number; headers: Record<string, string>; body: string }

const statusOf = {
  grant_missing: 401,
  grant_expired: 401,
  grant_invalid: 403,
  grant_unverifiable: 503,
} as const

const titleOf = {
  grant_missing: 'The text needs a grant',
  grant_expired: 'The grant has ended',
  grant_invalid: 'The grant does not open this text',
  grant_unverifiable: 'Grants cannot be verified just now',
} as const

export function refusalOf({ code, detail }: Verdict & { opens: false }): Refusal {
  const status = statusOf[code]
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(status === 401 && { 'WWW-Authenticate': challenge(code) }),
      ...(status === 503 && { 'Retry-After': '10' }),
    },
    body: JSON.stringify({ type: 'about:blank', title: titleOf[code], status, code, detail }),
  }
}

/** RFC 6750, section 3. */
function challenge(code: string): string {
  return code === 'grant_expired' ? 'Bearer error="invalid_token"' : 'Bearer'
}

/** What text may be sent with: it is one reader's for some minutes, and no shared cache may give it to the next. */
export const textHeaders = { 'Cache-Control': 'private, no-store', Vary: 'Authorization' } as const

/** The bearer token of a header, null where there is none. */
export function bearerToken(header: string | null | undefined): string | null {
  return /^bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null
}
