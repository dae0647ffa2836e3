import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { type SignInRequest, type SignInStore, signInRequestSchema } from './sign-in-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    saveLink(link: string, request: string, lastsMs: number): Result<string, Context>
    takeLink(link: string, browser: string): Result<string | null, Context>
  }
}

/** Mailed links on Redis 7 or newer. Redis's own clock ends them. */
export function createRedisSignInStore(redis: Redis | Cluster): SignInStore {
  redis.defineCommand('saveLink', { numberOfKeys: 1, lua: script('save-link.lua') })
  redis.defineCommand('takeLink', { numberOfKeys: 1, lua: script('take-link.lua') })

  return {
    async saveLink(link, request, lastsMs) {
      await redis.saveLink(keys.signIn(link), JSON.stringify(request), lastsMs)
    },
    async link(link) {
      return parseRequest(await redis.hget(keys.signIn(link), 'request'))
    },
    async takeLink(link, browser) {
      return parseRequest(await redis.takeLink(keys.signIn(link), browser))
    },
    async finishLink(link) {
      await redis.del(keys.signIn(link))
    },
  }
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

function parseRequest(kept: string | null): SignInRequest | null {
  return kept === null ? null : signInRequestSchema.parse(JSON.parse(kept))
}
