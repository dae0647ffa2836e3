import type { ServerResponse } from 'node:http'
import { type Caller, readerCookie } from './caller.ts'
import { tokenLifeSeconds } from './reader-token.ts'

/**
 * Gives a new reader their token, or an old one its renewal: as a cookie, and as a header for clients that cannot keep
 * cookies; null for all others. `secure` is false on localhost only.
 */
export function tokenHeaders(caller: Caller, { secure }: { secure: boolean }): Record<string, string> | null {
  if (caller.kind !== 'reader' || caller.newToken === null) return null
  const attributes = `Path=/; Max-Age=${tokenLifeSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    'Set-Cookie': `${readerCookie}=${caller.newToken}; ${attributes}`,
    'Newsrack-Reader': caller.newToken,
  }
}

/** Sets those headers, for whatever the answer will be. */
export function handOutToken(response: ServerResponse, caller: Caller, options: { secure: boolean }): void {
  for (const [name, value] of Object.entries(tokenHeaders(caller, options) ?? {}))
    response.setHeader(name, value)
}
