import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import type { GiftStore } from './gift-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    countGift(month: string, from: number, limit: number, lastsMs: number): Result<number, Context>
    noteGift(gifts: string, note: string, lastsMs: number): Result<number, Context>
    makeGift(gift: string, maker: string, lastsMs: number): Result<string, Context>
    redeemGift(gift: string, readers: string, reader: string, cap: number): Result<string, Context>
    peekGift(gift: string, readers: string, reader: string, cap: number): Result<string, Context>
    revokeGift(gift: string, maker: string): Result<number, Context>
    moveGift(gift: string, readers: string, from: string, into: string): Result<string, Context>
    addGiftsMade(
      month: string,
      field: string,
      from: string,
      made: number,
      lastsMs: number,
    ): Result<number, Context>
  }
}

/** Gifts on Redis 7 or newer. Redis's own clock only expires. */
export function createRedisGiftStore(redis: Redis | Cluster): GiftStore {
  redis.defineCommand('countGift', { numberOfKeys: 1, lua: script('count-gift.lua') })
  redis.defineCommand('makeGift', { numberOfKeys: 1, lua: script('make-gift.lua') })
  redis.defineCommand('redeemGift', { numberOfKeys: 2, lua: script('redeem-gift.lua') })
  redis.defineCommand('peekGift', { numberOfKeys: 2, lua: script('peek-gift.lua'), readOnly: true })
  redis.defineCommand('revokeGift', { numberOfKeys: 1, lua: script('revoke-gift.lua') })
  redis.defineCommand('noteGift', { numberOfKeys: 1, lua: script('note-gift.lua') })
  redis.defineCommand('moveGift', { numberOfKeys: 2, lua: script('move-gift.lua') })
  redis.defineCommand('addGiftsMade', { numberOfKeys: 1, lua: script('add-gifts-made.lua') })

  async function giftsOf(reader: string): Promise<{ made: string[]; opened: string[] }> {
    const noted = await redis.zrange(keys.giftsOf(reader), 0, '-1')
    const ids = (kind: string) =>
      noted.flatMap((note) => (note.startsWith(`${kind}:`) ? [note.slice(kind.length + 1)] : [])).toSorted()
    return { made: ids('made'), opened: ids('opened') }
  }

  return {
    /** Counted first, on the maker's slot: should the second step fail, a gift is lost and none is made too many. */
    async makeGift({ gift, maker, now, expiresAtMs, month }) {
      const left = await redis.countGift(keys.giftsMade(maker), month.from, month.limit, month.until - now)
      if (left < 0) return null
      await redis.noteGift(keys.giftsOf(maker), `made:${gift}`, expiresAtMs - now)
      await redis.makeGift(keys.gift(gift), maker, expiresAtMs - now)
      return { left }
    },
    async redeemGift({ gift, reader, readers }) {
      const reply = await redis.redeemGift(keys.gift(gift), keys.giftReaders(gift), reader, readers)
      const [, lastsMs] = /^opened (\d+)$/.exec(reply) ?? []
      if (lastsMs === undefined) return stateSchema.parse(reply)
      await redis.noteGift(keys.giftsOf(reader), `opened:${gift}`, Number(lastsMs))
      return 'open'
    },
    async peekGift({ gift, reader, readers }) {
      return stateSchema.parse(await redis.peekGift(keys.gift(gift), keys.giftReaders(gift), reader, readers))
    },
    giftsOf,

    /** First the month, which stays with `from` until it ends, so that repeating counts it once; the list goes last. */
    async moveReader(from, into) {
      const { from: month, ...made } = await redis.hgetall(keys.giftsMade(from))
      const monthLastsMs = await redis.pttl(keys.giftsMade(from))
      if (month !== undefined && monthLastsMs > 0) {
        const sum = Object.values(made).reduce((total, count) => total + Number(count), 0)
        await redis.addGiftsMade(keys.giftsMade(into), `of:${from}`, month, sum, monthLastsMs)
      }
      for (const note of await redis.zrange(keys.giftsOf(from), 0, '-1')) {
        const gift = note.slice(note.indexOf(':') + 1)
        const lastsMs = await redis.pttl(keys.gift(gift))
        if (lastsMs <= 0) continue
        await redis.noteGift(keys.giftsOf(into), note, lastsMs)
        await redis.moveGift(keys.gift(gift), keys.giftReaders(gift), from, into)
      }
      await redis.del(keys.giftsOf(from))
    },

    /** The list goes last, for it says what there is to forget. */
    async forgetReader(reader) {
      const { made, opened } = await giftsOf(reader)
      for (const gift of made) await redis.del(keys.gift(gift), keys.giftReaders(gift))
      for (const gift of opened) await redis.srem(keys.giftReaders(gift), reader)
      await redis.del(keys.giftsMade(reader), keys.giftsOf(reader))
    },

    async revokeGift({ gift, maker }) {
      return (await redis.revokeGift(keys.gift(gift), maker)) === 1
    },
  }
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

const stateSchema = z.enum(['open', 'used_up', 'revoked'])
