import type { ServerResponse } from 'node:http'
import { type Caller, readerCookie } from './caller.ts'
import { tokenLifeSeconds } from './reader-token.ts'

/**
 * Gives a new reader their token, or an old one its renewal: as a cookie, and as a header for clients that cannot keep
 * cookies. `secure` is false on localhost only.
 */
export function handOutToken(
  response: ServerResponse,
  caller: Caller,
  { secure }: { secure: boolean },
): void {
  if (caller.kind !== 'reader' || caller.newToken === null) return
  const attributes = `Path=/; Max-Age=${tokenLifeSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  response.setHeader('Set-Cookie', `${readerCookie}=${caller.newToken}; ${attributes}`)
  response.setHeader('Newsrack-Reader', caller.newToken)
}
