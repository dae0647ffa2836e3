import { createHmac, randomBytes } from 'node:crypto'
import type { AccountStore } from './account-store.ts'

/** The name under which the account of an address is found: no name of a key in the store tells an address. */
export type AccountName = (site: string, email: string) => Promise<string>

/**
 * An HMAC under a key that the store itself makes and keeps: exchanging NEWSRACK_SECRET must lose nobody's account. The
 * key is read once.
 */
export function createAccountName(accounts: Pick<AccountStore, 'nameKey'>): AccountName {
  let reading: Promise<string> | null = null

  function keyOnce(): Promise<string> {
    reading ??= accounts.nameKey(randomBytes(32).toString('base64url')).catch((error) => {
      reading = null
      throw error
    })
    return reading
  }

  return async (site, email) =>
    createHmac('sha256', await keyOnce())
      .update(`${site}\n${email}`)
      .digest('base64url')
}
