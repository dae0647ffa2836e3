import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import { forgetHolder, handOver } from './attempt-store.redis.ts'
import { accessScript, script } from './buyer.redis.ts'
import { attemptOfGift } from './gift-id.ts'
import { type BuyerStore, forgottenReader } from './subscription-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    endTurn(turn: string, holder: string): Result<number, Context>
    moveOut(access: string, buyer: string, into: string): Result<unknown, Context>
    moveIn(access: string, buyer: string, length: number, ...fields: string[]): Result<number, Context>
    moveAway(access: string, buyer: string): Result<number, Context>
  }
}

/** Who buys, on Redis. Two readers live in two slots, so a move is a chain of steps that may be gone through again. */
export function createRedisBuyerStore(redis: Redis | Cluster): BuyerStore {
  redis.defineCommand('endTurn', { numberOfKeys: 1, lua: script('end-turn.lua') })
  redis.defineCommand('moveOut', { numberOfKeys: 2, lua: accessScript('move-out.lua') })
  redis.defineCommand('moveIn', { numberOfKeys: 2, lua: accessScript('move-in.lua') })
  redis.defineCommand('moveAway', { numberOfKeys: 2, lua: accessScript('move-away.lua') })

  const named = async (reader: string, kind: string): Promise<string[]> =>
    namesOf(await redis.hkeys(keys.buyer(reader)), kind)

  return {
    customer: (reader) => redis.hget(keys.buyer(reader), 'customer'),
    customers: (reader) => named(reader, 'customer'),
    async saveCustomer(reader, customer) {
      await redis.hset(keys.buyer(reader), 'customer', customer, `customer:${customer}`, '1')
    },

    async takeTurn(reader, holder, leaseMs) {
      return (await redis.set(keys.turn(reader), holder, 'PX', leaseMs, 'NX')) === 'OK'
    },
    async endTurn(reader, holder) {
      await redis.endTurn(keys.turn(reader), holder)
    },

    boughtOffers: (reader) => named(reader, 'offer'),

    async moveReader(from, into) {
      if (from === into) return
      const [access, buyer] = movedSchema.parse(
        await redis.moveOut(keys.access(from), keys.buyer(from), into),
      )
      await redis.moveIn(keys.access(into), keys.buyer(into), access.length, ...access, ...buyer)
      const held = [...namesOf(buyer, 'attempt'), ...attemptsIn(access)]
      for (const id of new Set(held)) await handOver(redis, id, from, into)
      await redis.moveAway(keys.access(from), keys.buyer(from))
    },

    async heldBy(reader) {
      const buyer = await redis.hkeys(keys.buyer(reader))
      const moved = new Set(namesOf(buyer, 'moved'))
      const held = namesOf(buyer, 'attempt').filter((id) => !moved.has(id))
      return {
        attempts: held.filter((id) => attemptOfGift(id) === null),
        redeemed: held.flatMap((id) => attemptOfGift(id) ?? []),
        subscriptions: namesOf(await redis.hkeys(keys.access(reader)), 'sub'),
      }
    },

    /** The buyer goes last, for it lists what there is to forget. The signposts stay: what they lead to is another's. */
    async forgetReader(reader) {
      const nobody = forgottenReader(reader.slice(0, reader.indexOf(':')))
      const known = await redis.hkeys(keys.buyer(reader))
      for (const id of namesOf(known, 'attempt')) {
        await forgetHolder(redis, id, nobody)
        await redis.zrem(keys.openAttempts, id)
      }
      const subscriptions = namesOf(await redis.hkeys(keys.access(reader)), 'sub')
      for (const subscription of subscriptions) await redis.zrem(keys.liveSubscriptions, subscription)
      await redis.del(keys.access(reader))
      const own = known.filter((field) => !field.startsWith('moved:'))
      if (own.length > 0) await redis.hdel(keys.buyer(reader), ...own)
    },
  }
}

function namesOf(fields: readonly string[], kind: string): string[] {
  return fields
    .flatMap((field) => (field.startsWith(`${kind}:`) ? [field.slice(kind.length + 1)] : []))
    .toSorted()
}

/** By which attempts the records of an access came. */
function attemptsIn(access: readonly string[]): string[] {
  return access.flatMap((field, at) => {
    const record = access[at + 1]
    return field.startsWith('sub:') && record !== undefined
      ? [recordSchema.parse(JSON.parse(record)).attempt]
      : []
  })
}

const movedSchema = z.tuple([z.array(z.string()), z.array(z.string())])
const recordSchema = z.object({ attempt: z.string() })
