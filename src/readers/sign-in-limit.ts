import { createHash } from 'node:crypto'
import { type MakeLimiter, networkOf, take } from '../subscriptions/checkout-limit.ts'

/**
 * So many links an hour for one address, which nobody is to be pestered with, and so many for the network that asks.
 * Resolves to null, or to how long to wait. Whether the address has an account makes no difference.
 */
export type SignInLimit = (who: {
  site: string
  email: string
  address: string
}) => Promise<{ retryAfterSeconds: number } | null>

const hourSeconds = 3600

export function createSignInLimit(makeLimiter: MakeLimiter): SignInLimit {
  const networks = makeLimiter({ keyPrefix: 'sign-ins:network', points: 60, duration: hourSeconds })
  const addresses = makeLimiter({ keyPrefix: 'sign-ins:address', points: 6, duration: hourSeconds })
  return async ({ site, email, address }) =>
    (await take(networks, networkOf(address))) ?? (await take(addresses, hashed(site, email)))
}

function hashed(site: string, email: string): string {
  return createHash('sha256').update(`${site}\n${email}`).digest('base64url')
}
