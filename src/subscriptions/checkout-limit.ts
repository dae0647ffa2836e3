import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'

/**
 * Cheap introductory prices attract people who try stolen cards: so many attempts an hour for a reader, and so many
 * for the network they come from. Resolves to null, or to how long to wait.
 */
export type CheckoutLimit = (who: {
  reader: string
  address: string
}) => Promise<{ retryAfterSeconds: number } | null>

/** Makes a counter that lets `points` through in `duration` seconds. */
export type MakeLimiter = (options: {
  keyPrefix: string
  points: number
  duration: number
}) => RateLimiterAbstract

const hourSeconds = 3600

export function createCheckoutLimit(makeLimiter: MakeLimiter): CheckoutLimit {
  const readers = makeLimiter({ keyPrefix: 'attempts:reader', points: 10, duration: hourSeconds })
  const networks = makeLimiter({ keyPrefix: 'attempts:network', points: 60, duration: hourSeconds })
  return async ({ reader, address }) =>
    (await take(readers, reader)) ?? (await take(networks, networkOf(address)))
}

/** Null, or how long to wait. */
export async function take(
  limiter: RateLimiterAbstract,
  key: string,
): Promise<{ retryAfterSeconds: number } | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    return { retryAfterSeconds: Math.ceil(refusal.msBeforeNext / 1000) }
  }
}

/** One subscriber line: an IPv4 address, or the /64 of an IPv6 one. Hashed, for addresses are not to be kept. */
export function networkOf(address: string): string {
  const network = isIPv6(address)
    ? new URL(`http://[${address}]`).hostname.split(':').slice(0, 4).join(':')
    : address
  return createHash('sha256').update(network).digest('base64url')
}
