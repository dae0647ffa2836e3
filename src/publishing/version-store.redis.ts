import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import { type VersionStore, versionSchema } from './version-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    publishVersion(
      versions: string,
      drafts: string,
      closedDrafts: string,
      audit: string,
      ...publication: [number: number, version: string, note: string, ...draft: (string | number)[]]
    ): Result<string, Context>
  }
}

/** The configuration's versions in Redis: a hash of number → version. They are numbered without gaps, so their count is the latest. */
export function createRedisVersionStore(redis: Redis | Cluster): VersionStore {
  redis.defineCommand('publishVersion', {
    numberOfKeys: 4,
    lua: readFileSync(new URL('publish-version.lua', import.meta.url), 'utf8'),
  })

  return {
    async firstStart(nowMs) {
      await redis.setnx(keys.firstStart, nowMs)
      return Number(await redis.get(keys.firstStart))
    },
    latestNumber: () => redis.hlen(keys.versions),
    async version(number) {
      const version = await redis.hget(keys.versions, String(number))
      return version ? versionSchema.parse(JSON.parse(version)) : null
    },
    async versions({ before, limit }) {
      const newest = Math.min(before - 1, await redis.hlen(keys.versions))
      const numbers = Array.from({ length: Math.min(limit, newest) }, (_, index) => String(newest - index))
      if (numbers.length === 0) return []
      const versions = await redis.hmget(keys.versions, ...numbers)
      return versions.flatMap((version) => (version ? [versionSchema.parse(JSON.parse(version))] : []))
    },
    async publish({ version, draft, note }) {
      const settled = draft === null ? [] : [draft.settled.id, draft.revision, JSON.stringify(draft.settled)]
      const outcome = await redis.publishVersion(
        keys.versions,
        keys.drafts,
        keys.closedDrafts,
        keys.audit,
        version.number,
        JSON.stringify(version),
        JSON.stringify(note),
        ...settled,
      )
      return outcomeSchema.parse(outcome)
    },
  }
}

const outcomeSchema = z.enum(['published', 'number_taken', 'draft_changed'])
