import type { Cluster, Redis } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { linkSchema, type Session, type SessionStore, sessionSchema } from './session-store.ts'

/** Sessions and links as keys that expire, and a set of each person's sessions, which lists no longer than they last. */
export function createRedisSessionStore(redis: Redis | Cluster): SessionStore {
  async function session(hash: string): Promise<Session | null> {
    const json = await redis.get(keys.session(hash))
    return json === null ? null : sessionSchema.parse(JSON.parse(json))
  }

  return {
    session,
    async saveSession(saved) {
      const { hash, person, expiresAtMs } = saved
      // Listed before it works, so that no session works unseen.
      await redis.sadd(keys.sessionsOf(person), hash)
      await redis.pexpireat(keys.sessionsOf(person), expiresAtMs, 'NX')
      await redis.pexpireat(keys.sessionsOf(person), expiresAtMs, 'GT')
      await redis.set(keys.session(hash), JSON.stringify(saved), 'PXAT', expiresAtMs)
    },
    async sessionsOf(person) {
      const hashes = await redis.smembers(keys.sessionsOf(person))
      const sessions = await Promise.all(hashes.map(session))
      return sessions.filter((session) => session !== null)
    },
    async endSession({ hash, person }) {
      await redis.del(keys.session(hash))
      await redis.srem(keys.sessionsOf(person), hash)
    },
    async saveLink(hash, link, expiresAtMs) {
      await redis.set(keys.consoleLink(hash), JSON.stringify(link), 'PXAT', expiresAtMs)
    },
    async peekLink(hash) {
      const json = await redis.get(keys.consoleLink(hash))
      return json === null ? null : linkSchema.parse(JSON.parse(json))
    },
    async takeLink(hash) {
      const json = await redis.getdel(keys.consoleLink(hash))
      return json === null ? null : linkSchema.parse(JSON.parse(json))
    },
  }
}
