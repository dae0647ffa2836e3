import type { Redis } from 'ioredis'
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'

export type Verdict = { granted: boolean; used: number; left: number }

/** Five requests a month and key, as rate-limiter-flexible counts them: a re-read is one more. */
export function createLimiter(redis: Redis): (key: string) => Promise<Verdict> {
  const limiter = new RateLimiterRedis({ storeClient: redis, points: 5, duration: 30 * 86_400 })
  return async (key) => {
    try {
      return verdict(true, await limiter.consume(key))
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return verdict(false, refusal)
      throw refusal
    }
  }
}

function verdict(granted: boolean, { consumedPoints, remainingPoints }: RateLimiterRes): Verdict {
  return { granted, used: consumedPoints, left: remainingPoints }
}
