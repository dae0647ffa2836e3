import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import {
  type Account,
  type AccountStore,
  mostSessions,
  type Session,
  seenEveryMs,
  sessionLifeMs,
} from './account-store.ts'
import { deviceSchema } from './device.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    setOnce(key: string, value: string): Result<string, Context>
    startSession(sessions: string, ...session: (string | number)[]): Result<number, Context>
    seeSession(sessions: string, session: string, ...times: number[]): Result<number, Context>
  }
}

/** Accounts and sessions on Redis 7 or newer. Redis's own clock only expires. */
export function createRedisAccountStore(redis: Redis | Cluster): AccountStore {
  redis.defineCommand('setOnce', { numberOfKeys: 1, lua: script('set-once.lua') })
  redis.defineCommand('startSession', { numberOfKeys: 1, lua: script('start-session.lua') })
  redis.defineCommand('seeSession', { numberOfKeys: 1, lua: script('see-session.lua') })

  async function account(reader: string): Promise<Account | null> {
    const kept = await redis.get(keys.account(reader))
    return kept === null ? null : accountSchema.parse(JSON.parse(kept))
  }

  return {
    nameKey: (fresh) => redis.setOnce(keys.accountNameKey, fresh),
    accountNamed: (name, id) => redis.setOnce(keys.accountName(name), id),
    async saveAccount(reader, account) {
      await redis.setOnce(keys.account(reader), JSON.stringify(account))
    },
    account,

    async startSession(reader, { id, device, startedMs, seenMs }) {
      const written = [id, seenMs, startedMs, JSON.stringify(device)]
      await redis.startSession(keys.sessions(reader), ...written, sessionLifeMs, mostSessions)
    },
    async seeSession({ reader, session, now }) {
      return (await redis.seeSession(keys.sessions(reader), session, now, sessionLifeMs, seenEveryMs)) === 1
    },
    async sessions(reader, now) {
      const kept = Object.entries(await redis.hgetall(keys.sessions(reader)))
      return kept
        .map(parseSession)
        .filter(({ seenMs }) => seenMs + sessionLifeMs > now)
        .toSorted((one, other) => other.seenMs - one.seenMs)
    },
    async endSession(reader, session) {
      return (await redis.hdel(keys.sessions(reader), session)) === 1
    },

    /** The name lies in another slot. It goes first, for only the account tells it. */
    async forgetAccount(reader) {
      const known = await account(reader)
      if (known !== null && known.name !== null) await redis.del(keys.accountName(known.name))
      await redis.del(keys.account(reader), keys.sessions(reader))
    },
  }
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

const accountSchema = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  sinceMs: z.int(),
})

function parseSession([id, kept]: [string, string]): Session {
  const [, seen, started, device = ''] = /^(\d+) (\d+) (.*)$/.exec(kept) ?? []
  return {
    id,
    device: deviceSchema.parse(JSON.parse(device)),
    startedMs: Number(started),
    seenMs: Number(seen),
  }
}
