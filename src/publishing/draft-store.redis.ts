import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import { auditNoteSchema } from './audit.ts'
import { type Draft, draftSchema, isClosed } from './draft.ts'
import type { DraftStore } from './draft-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    saveDraft(
      drafts: string,
      closedDrafts: string,
      audit: string,
      id: string,
      revision: number,
      draft: string,
      note: string,
      closed: '0' | '1',
    ): Result<number, Context>
  }
}

/** Drafts in two hashes of id → JSON, so that the list of what is being written stays short; the journal in a list. */
export function createRedisDraftStore(redis: Redis | Cluster): DraftStore {
  redis.defineCommand('saveDraft', {
    numberOfKeys: 3,
    lua: readFileSync(new URL('save-draft.lua', import.meta.url), 'utf8'),
  })

  return {
    async draft(id) {
      const draft = (await redis.hget(keys.drafts, id)) ?? (await redis.hget(keys.closedDrafts, id))
      return draft === null ? null : readDraft(draft)
    },
    async openDrafts() {
      return (await redis.hvals(keys.drafts)).map(readDraft)
    },
    async saveDraft({ draft, revision, note }) {
      const written = await redis.saveDraft(
        keys.drafts,
        keys.closedDrafts,
        keys.audit,
        draft.id,
        revision,
        JSON.stringify(draft),
        JSON.stringify(note),
        isClosed(draft) ? '1' : '0',
      )
      return written === 1
    },
    async audit({ before, limit }) {
      const last = Math.min(before - 1, await redis.llen(keys.audit))
      const first = Math.max(1, last - limit + 1)
      if (last < 1) return []
      const notes = await redis.lrange(keys.audit, first - 1, last - 1)
      return notes
        .map((note, index) => ({ ...auditNoteSchema.parse(JSON.parse(note)), number: first + index }))
        .reverse()
    },
  }
}

function readDraft(json: string): Draft {
  return draftSchema.parse(JSON.parse(json))
}
