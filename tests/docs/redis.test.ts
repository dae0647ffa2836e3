import assert from 'node:assert/strict'
import { it } from 'node:test'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { createSignInLimit as createConsoleLimit } from '../../src/console/sign-in-limit.ts'
import { newcomersKeyPrefix } from '../../src/readers/newcomers.ts'
import { createSignInLimit } from '../../src/readers/sign-in-limit.ts'
import { keys } from '../../src/stores/keys.redis.ts'
import { createCheckoutLimit, type MakeLimiter } from '../../src/subscriptions/checkout-limit.ts'
import { firstColumnCode, readText, section } from './markdown.ts'

it('every key in Redis is listed in docs/redis.md, and no other', () => {
  const own = Object.values(keys).map((key) => (typeof key === 'string' ? key : key('…')))
  const limiters: string[] = []
  const makeLimiter: MakeLimiter = (options) => {
    limiters.push(`${options.keyPrefix}:…`)
    return new RateLimiterMemory(options)
  }
  createCheckoutLimit(makeLimiter)
  createSignInLimit(makeLimiter)
  createConsoleLimit(makeLimiter)
  assert.ok(own.length >= 5, `${own.length} keys`)
  assert.ok(limiters.length >= 5, `${limiters.length} limiters`)
  assert.deepEqual(
    firstColumnCode(section(readText('docs/redis.md'), 'Keys')).sort(),
    [...own, ...limiters, `${newcomersKeyPrefix}:…`].sort(),
  )
})
