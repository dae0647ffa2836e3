import { type MakeLimiter, networkOf, take } from '../subscriptions/checkout-limit.ts'
import { hashToken } from './secret-token.ts'

/** Slows down who guesses passwords. */
export type SignInLimit = {
  /** Counts an attempt. Null, or how long to wait. */
  attempt(who: Who): Promise<{ retryAfterSeconds: number } | null>
  /** It was the person themselves: what they mistyped before is forgotten. */
  succeeded(who: Who): Promise<void>
}

type Who = { email: string; address: string }

const quarterSeconds = 900

/**
 * Ten attempts for one address from one network, so that who guesses from elsewhere does not keep a person out; fifty from a
 * network, for whoever tries many addresses; and a hundred for an address, for whoever has many networks.
 */
export function createSignInLimit(makeLimiter: MakeLimiter): SignInLimit {
  const limiter = (name: string, points: number) =>
    makeLimiter({ keyPrefix: `console-sign-ins:${name}`, points, duration: quarterSeconds })
  const pairs = limiter('pair', 10)
  const networks = limiter('network', 50)
  const addresses = limiter('email', 100)

  return {
    async attempt(who) {
      return (
        (await take(pairs, pairOf(who))) ??
        (await take(networks, networkOf(who.address))) ??
        (await take(addresses, hashToken(who.email)))
      )
    },
    async succeeded(who) {
      await pairs.delete(pairOf(who))
    },
  }
}

function pairOf({ email, address }: Who): string {
  return hashToken(`${email} ${networkOf(address)}`)
}
