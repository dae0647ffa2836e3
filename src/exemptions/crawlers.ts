import type { Resolver } from 'node:dns/promises'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { hostIsWithin } from './host.ts'
import { plainAddress } from './network.ts'
import { reverseName } from './reverse-name.ts'

/**
 * Whether an address is that of a crawler whose hosts these are, verified both ways in the DNS. What is known already
 * is answered at once, the rest by a promise that never rejects and settles within two seconds.
 */
export type CrawlerCheck = (hosts: readonly string[], address: string) => boolean | Promise<boolean>

/**
 * Verifies claims and remembers the outcome. A claim that cannot be verified, for whatever reason, is not verified.
 * `now` gives epoch milliseconds.
 */
export function createCrawlerCheck(options: {
  resolver: Pick<Resolver, 'resolvePtr' | 'resolve4' | 'resolve6'>
  now: () => number
  log?: Pick<Logger, 'info'>
}): CrawlerCheck {
  const { resolver, now, log } = options
  // Two memories, so that a crowd of impostors cannot push the real crawlers out.
  const verifiedUntilMs = new LRUCache<string, number>({ max: rememberedClaims })
  const refusedUntilMs = new LRUCache<string, number>({ max: rememberedClaims })
  const underWay = new Map<string, Promise<boolean>>()

  function remembered(claim: string): boolean | null {
    if ((verifiedUntilMs.get(claim) ?? 0) > now()) return true
    return (refusedUntilMs.get(claim) ?? 0) > now() ? false : null
  }

  /** A lookup that nobody waits for any more still holds its place, or a slow name server would let in any number. */
  async function look(claim: string, hosts: readonly string[], address: string): Promise<boolean> {
    const finding = await verify(resolver, hosts, address)
    if (finding === 'failed') log?.info({ address, hosts }, 'a crawler’s claim could not be looked up')
    const memory = finding === 'verified' ? verifiedUntilMs : refusedUntilMs
    memory.set(claim, now() + rememberMs[finding])
    underWay.delete(claim)
    return finding === 'verified'
  }

  return (hosts, text) => {
    const address = plainAddress(text)
    if (address === null) return false
    const claim = `${address} ${hosts.join(' ')}`
    const known = remembered(claim)
    if (known !== null) return known
    const asked = underWay.get(claim)
    if (asked !== undefined) return asked
    if (underWay.size >= lookupsAtOnce) return false
    const answer = falseAfterDeadline(look(claim, hosts, address))
    underWay.set(claim, answer)
    return answer
  }
}

type Finding = 'verified' | 'refused' | 'failed'

const rememberMs: Record<Finding, number> = {
  verified: 24 * 3_600_000,
  refused: 3_600_000,
  failed: 60_000,
}
const rememberedClaims = 10_000
const lookupsAtOnce = 32
const deadlineMs = 2000
/** An address has as many names as its owner likes; a crawler's has one. */
const namesTried = 3

/** The address's name must be of these hosts, and the name must lead back to the address: only the hosts' owner has both. */
async function verify(
  resolver: Pick<Resolver, 'resolvePtr' | 'resolve4' | 'resolve6'>,
  hosts: readonly string[],
  address: string,
): Promise<Finding> {
  try {
    const names = await resolver.resolvePtr(reverseName(address))
    const fitting = names.filter((name) => hostIsWithin(name, hosts)).slice(0, namesTried)
    for (const name of fitting) {
      const addresses = await (address.includes(':') ? resolver.resolve6(name) : resolver.resolve4(name))
      if (addresses.some((found) => plainAddress(found) === address)) return 'verified'
    }
    return 'refused'
  } catch (error) {
    return isAbsence(error) ? 'refused' : 'failed'
  }
}

/** The DNS answered, and what it said is that there is nothing. */
function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA')
}

async function falseAfterDeadline(answer: Promise<boolean>): Promise<boolean> {
  const { promise: deadline, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, deadlineMs, false)
  try {
    return await Promise.race([answer, deadline])
  } finally {
    clearTimeout(timer)
  }
}
