import { createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { ClientAddress } from '../http/client-address.ts'
import type { Rules } from '../paywall/rules.ts'
import type { Site } from '../paywall/site.ts'
import type { MakeLimiter } from '../subscriptions/checkout-limit.ts'
import type { Identity, Newcomer } from './identity.ts'

/** Looks at a reader nobody has met before; null, and nothing is asked of the store, where no site counts them. */
export type MeetNewcomer = (
  request: IncomingMessage,
  now: number,
) => Newcomer | null | Promise<Newcomer | null>

const daySeconds = 86_400

/**
 * Counts the new readers of each network by the day, for sites that allow so many of them their free articles. Whoever
 * comes after is noted in their own token, so nothing is asked about known readers. Addresses are not kept: the count is
 * under an HMAC whose key is another one each day.
 */
export function createMeetNewcomer(parts: {
  rules: () => Rules
  secrets: readonly string[]
  makeLimiter: MakeLimiter
  addressOf: ClientAddress
  /** Hears that the store could not be asked: the reader then is one of the first. */
  onStoreAway: (error: unknown) => void
}): MeetNewcomer {
  const { rules, secrets, makeLimiter, addressOf, onStoreAway } = parts
  const counter = makeLimiter({ keyPrefix: newcomersKeyPrefix, points: 1, duration: daySeconds })

  async function meet(network: string, allowance: number, now: number): Promise<Newcomer | null> {
    const nth = await count(counter, networkOfDay(network, secrets[0] ?? '', now))
    return nth > allowance ? { nth, at: Math.floor(now / 1000) } : null
  }

  return (request, now) => {
    const allowance = smallestAllowance(rules())
    if (allowance === null) return null
    const network = networkOf(addressOf(request) ?? '')
    if (network === null) return null
    return meet(network, allowance, now).catch((error) => {
      onStoreAway(error)
      return null
    })
  }
}

export const newcomersKeyPrefix = 'newcomers'

/** The instant (epoch seconds) at which a reader came too late for this site's free articles; null if they did not. */
export function lateAt({ newcomer }: Identity, { newReadersADay }: Site): number | null {
  if (newcomer === null || newReadersADay === undefined) return null
  return newcomer.nth > newReadersADay.ofOneNetwork ? newcomer.at : null
}

/** Rules change while we run, but not with every new reader. */
function smallestAllowance({ sites }: Rules): number | null {
  let smallest: number | null = null
  for (const { site } of sites.values()) {
    const allowed = site.newReadersADay?.ofOneNetwork
    if (allowed !== undefined && (smallest === null || allowed < smallest)) smallest = allowed
  }
  return smallest
}

async function count(counter: RateLimiterAbstract, network: string): Promise<number> {
  try {
    return (await counter.consume(network)).consumedPoints
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal.consumedPoints
    throw refusal
  }
}

/** What one household or office shares: an IPv4 /24 or an IPv6 /56. Null for what is no address. */
function networkOf(address: string): string | null {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return plain.slice(0, plain.lastIndexOf('.'))
  if (!isIPv6(plain)) return null
  const groups = expanded(plain)
  return `${groups.slice(0, 3).join(':')}:${(groups[3] ?? '').slice(0, 2)}`
}

/** The eight groups of four digits each. */
function expanded(address: string): string[] {
  const [head = '', tail] = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1).split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const between = tail === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array<string>(between).fill('0'), ...after].map((group) => group.padStart(4, '0'))
}

function networkOfDay(network: string, secret: string, now: number): string {
  const day = Math.floor(now / 1000 / daySeconds)
  const key = createHmac('sha256', secret).update(`newcomers\n${day}`).digest()
  return createHmac('sha256', key).update(network).digest('base64url').slice(0, 22)
}
