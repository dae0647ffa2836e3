import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { Redis } from 'ioredis'
import { createRedisGiftStore } from '../../src/exemptions/gift-store.redis.ts'
import { startRedis } from '../support/redis.ts'

let server: Awaited<ReturnType<typeof startRedis>>
let redis: Redis
before(async () => {
  server = await startRedis()
  redis = new Redis(server.url)
})
after(async () => {
  redis.disconnect()
  await server.stop()
})

it('everything of a gift leaves Redis with it, and what its maker has made with the month', async () => {
  const gifts = createRedisGiftStore(redis)
  const now = Date.UTC(2027, 0, 15)
  const month = { from: now - 1_000_000, until: now + 2_000_000, limit: 2 }
  for (const gift of ['one', 'two']) {
    await gifts.makeGift({ gift, maker: 'demo:maker', now, expiresAtMs: now + 5_000_000, month })
  }
  for (const reader of ['demo:a', 'demo:b']) await gifts.redeemGift({ gift: 'one', reader, readers: 9 })
  await gifts.revokeGift({ gift: 'one', maker: 'demo:maker' })

  const lasting = {
    'gift:{one}': 5000,
    'gift:{two}': 5000,
    'gift-readers:{one}': 5000,
    'gifts-of:{demo:a}': 5000,
    'gifts-of:{demo:b}': 5000,
    'gifts-of:{demo:maker}': 5000,
    'gifts-made:{demo:maker}': 2000,
  }
  assert.deepEqual((await redis.keys('*')).sort(), Object.keys(lasting).sort())
  for (const [key, seconds] of Object.entries(lasting)) {
    const left = await redis.ttl(key)
    assert.ok(left > 0 && left <= seconds, `${key} has ${left} of ${seconds} seconds left`)
  }
})
