import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import { type Attempt, attemptSchema } from './attempt.ts'
import { followReader, script } from './buyer.redis.ts'
import { attemptOfGift, giftId } from './gift-id.ts'
import type { AttemptStore, GiftRedemption } from './subscription-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    noteEnd(attempt: string, status: string, refused: string): Result<number, Context>
    endAttempt(buyer: string, attempt: string): Result<string | null, Context>
    takeRedemption(offer: string, attempt: string, most: number): Result<number, Context>
  }
}

/**
 * Attempts on Redis. An attempt has a slot of its own, its buyer another, and the lists a third, so each step is such that
 * whoever asked can ask again when the next one failed: an attempt is sold only after all of them.
 */
export function createRedisAttemptStore(redis: Redis | Cluster): AttemptStore {
  redis.defineCommand('noteEnd', { numberOfKeys: 1, lua: script('note-end.lua') })
  redis.defineCommand('endAttempt', { numberOfKeys: 1, lua: script('end-attempt.lua') })
  redis.defineCommand('takeRedemption', { numberOfKeys: 1, lua: script('take-redemption.lua') })

  async function attempt(id: string): Promise<Attempt | null> {
    const { attempt: text, session, ended, refused, reader } = await redis.hgetall(keys.attempt(id))
    if (text === undefined) return null
    const kept = JSON.parse(text)
    return attemptSchema.parse({
      ...kept,
      reader: reader ?? kept.reader,
      session: session ?? null,
      status: ended ?? 'open',
      refused: refused ?? null,
    })
  }

  async function giftRedemption(id: string): Promise<GiftRedemption | null> {
    const [redeemed, redeemer] = await redis.hmget(keys.attempt(id), 'redeemed', 'redeemer')
    if (!redeemed) return null
    const redemption = redemptionSchema.parse(JSON.parse(redeemed))
    return { ...redemption, reader: redeemer ?? redemption.reader }
  }

  return {
    attempt,
    async saveAttempt(fresh) {
      const { id, reader, site, consent, expiresAtMs } = fresh
      await redis.hset(keys.attempt(id), 'attempt', JSON.stringify(fresh))
      await redis.zadd(keys.consents(site), String(consent.atMs), id)
      await redis.hset(keys.buyer(reader), `attempt:${id}`, expiresAtMs)
      await redis.zadd(keys.openAttempts, String(expiresAtMs), id)
    },

    async attemptOpened(id, session) {
      await redis.hset(keys.attempt(id), 'session', session)
    },

    async attemptEnded(id, status, refused = null) {
      await redis.noteEnd(keys.attempt(id), status, refused ?? '')
      const known = await attempt(id)
      if (known !== null) {
        await followReader(known.reader, async (reader) => redis.endAttempt(keys.buyer(reader), id))
      }
      await redis.zrem(keys.openAttempts, id)
    },

    async openAttempts(reader) {
      if (reader === undefined) return redis.zrange(keys.openAttempts, 0, '-1')
      return openOf(await redis.hgetall(keys.buyer(reader)))
    },

    async *attemptsBetween(site, fromMs, toMs) {
      for (let offset = 0; ; offset += page) {
        const ids = await redis.zrange(
          keys.consents(site),
          fromMs,
          `(${toMs}`,
          'BYSCORE',
          'LIMIT',
          offset,
          page,
        )
        for (const id of ids) {
          const found = await attempt(id)
          if (found !== null) yield found
        }
        if (ids.length < page) return
      }
    },

    async takeRedemption(offer, id, most) {
      return (await redis.takeRedemption(keys.redemptions(offer), id, most)) === 1
    },
    async giveBackRedemption(offer, id) {
      await redis.srem(keys.redemptions(offer), id)
    },
    redemptions: (offer) => redis.scard(keys.redemptions(offer)),

    async redeemGift(id, redemption) {
      await redis.hsetnx(keys.buyer(redemption.reader), `attempt:${giftId(id)}`, 'ended')
      await redis.hsetnx(keys.attempt(id), 'redeemed', JSON.stringify(redemption))
      return (await giftRedemption(id)) ?? redemption
    },
    giftRedemption,
  }
}

/** How many records of consent are fetched at a time. */
const page = 200

/** A buyer has `attempt:<id>` with the instant at which it expires, or `ended`. */
function openOf(buyer: Record<string, string>): string[] {
  return Object.entries(buyer)
    .flatMap(([field, value]) => {
      const [, id] = /^attempt:(.+)$/.exec(field) ?? []
      const isOpen = id !== undefined && value !== 'ended' && buyer[`moved:${id}`] === undefined
      return isOpen ? [{ id, expiresAtMs: Number(value) }] : []
    })
    .toSorted((one, other) => one.expiresAtMs - other.expiresAtMs || (one.id < other.id ? -1 : 1))
    .map(({ id }) => id)
}

/** Lets an attempt, or a gift that was redeemed, be another reader's: the one who held it, and no one else's. */
export async function handOver(
  redis: Redis | Cluster,
  id: string,
  from: string,
  into: string,
): Promise<void> {
  const gift = attemptOfGift(id)
  const [key, text, holder] =
    gift === null ? ([id, 'attempt', 'reader'] as const) : ([gift, 'redeemed', 'redeemer'] as const)
  const [kept, present] = await redis.hmget(keys.attempt(key), text, holder)
  if (!kept) return
  const { reader } = holdingSchema.parse(JSON.parse(kept))
  if ((present ?? reader) === from) await redis.hset(keys.attempt(key), holder, into)
}

/** Leaves nothing of an attempt or of a redemption that says whose it was. */
export async function forgetHolder(redis: Redis | Cluster, id: string, nobody: string): Promise<void> {
  const gift = attemptOfGift(id)
  const key = keys.attempt(gift ?? id)
  const field = gift === null ? 'attempt' : 'redeemed'
  const kept = await redis.hget(key, field)
  if (kept === null) return
  const written = {
    ...JSON.parse(kept),
    reader: nobody,
    ...(gift === null && { returnTo: '', visit: undefined }),
  }
  await redis.hset(key, field, JSON.stringify(written))
  if (gift === null) await redis.hsetnx(key, 'ended', 'expired')
  const isPassedOn = written.gift && (await redis.hget(key, 'ended')) === 'complete'
  const forgotten = gift !== null ? ['redeemer'] : isPassedOn ? ['reader'] : ['reader', 'session']
  await redis.hdel(key, ...forgotten)
}

const holdingSchema = z.object({ reader: z.string() })
const redemptionSchema = z.object({ reader: z.string(), atMs: z.int(), untilMs: z.int() })
