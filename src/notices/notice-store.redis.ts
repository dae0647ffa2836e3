import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import { type LoggedNotice, noticeOutcomeSchema, noticeSchema } from './notice.ts'
import type { NoticeName, NoticeStore } from './notice-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    planNotice(notices: string, id: string, notice: string, due: number): Result<string | null, Context>
    takeNotice(notices: string, id: string, now: number, again: number): Result<unknown, Context>
    putOffNotice(notices: string, id: string, due: number, failed: number): Result<number, Context>
    countEndings(notices: string, ticket: number, ending: number): Result<number, Context>
  }
}

/**
 * Notices on Redis 7 or newer. The subscription's own hash is what counts; the sorted set only says whom to look at, so a
 * process that dies between the two loses nothing that is noted again, and writes nothing twice.
 */
export function createRedisNoticeStore(redis: Redis | Cluster): NoticeStore {
  redis.defineCommand('planNotice', { numberOfKeys: 1, lua: script('plan-notice.lua') })
  redis.defineCommand('takeNotice', { numberOfKeys: 1, lua: script('take-notice.lua') })
  redis.defineCommand('putOffNotice', { numberOfKeys: 1, lua: script('put-off-notice.lua') })
  redis.defineCommand('countEndings', { numberOfKeys: 1, lua: script('count-endings.lua') })

  async function lookAt(name: NoticeName, dueMs: number): Promise<void> {
    await redis.zadd(keys.noticesDue, dueMs, memberOf(name))
  }

  return {
    async planNotices(notices) {
      for (const notice of notices) {
        const { subscription, id, dueMs } = notice
        const due = await redis.planNotice(keys.notices(subscription), id, JSON.stringify(notice), dueMs)
        if (due !== null) await lookAt(notice, Number(due))
      }
    },
    async dueNotices(nowMs, most) {
      const members = await redis.zrangebyscore(keys.noticesDue, '-inf', nowMs, 'LIMIT', 0, most)
      return members.map((member) => nameSchema.parse(JSON.parse(member)))
    },
    async takeNotice(name, { nowMs, holdMs }) {
      const reply = await redis.takeNotice(keys.notices(name.subscription), name.id, nowMs, holdMs)
      if (reply === null) {
        await lookAgain(name, nowMs)
        return null
      }
      await lookAt(name, holdMs)
      const [notice, tries] = takenSchema.parse(reply)
      return { ...noticeSchema.parse(JSON.parse(notice)), tries, ended: null }
    },
    async putOffNotice(name, { dueMs, failed }) {
      const waits = await redis.putOffNotice(keys.notices(name.subscription), name.id, dueMs, failed ? 1 : 0)
      if (waits === 1) await lookAt(name, dueMs)
    },
    async endNotice(name, outcome) {
      const notices = keys.notices(name.subscription)
      await redis.hset(notices, `e:${name.id}`, JSON.stringify(outcome))
      await redis.hdel(notices, `w:${name.id}`)
      await redis.zrem(keys.noticesDue, memberOf(name))
    },
    async noticesOf(subscription) {
      return loggedIn(await redis.hgetall(keys.notices(subscription)))
    },
    async countEndings({ subscription, isEnding, ticket }) {
      return redis.countEndings(keys.notices(subscription), ticket, isEnding ? 1 : 0)
    },
    async forgetNotices(subscription) {
      await redis.del(keys.notices(subscription))
    },
  }

  /** The sorted set was not told what became of it. */
  async function lookAgain(name: NoticeName, nowMs: number): Promise<void> {
    const waiting = await redis.hget(keys.notices(name.subscription), `w:${name.id}`)
    if (waiting === null) await redis.zrem(keys.noticesDue, memberOf(name))
    else await lookAt(name, Math.max(nowMs, Number.parseInt(waiting, 10)))
  }
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

function memberOf({ subscription, id }: NoticeName): string {
  return JSON.stringify({ subscription, id })
}

const nameSchema = z.object({ subscription: z.string(), id: z.string() })
const takenSchema = z.tuple([z.string(), z.int()])

function loggedIn(fields: Record<string, string>): LoggedNotice[] {
  return Object.entries(fields)
    .filter(([field]) => field.startsWith('n:'))
    .map(([, text]) => {
      const notice = noticeSchema.parse(JSON.parse(text))
      const [, tries = '0'] = (fields[`w:${notice.id}`] ?? '').split(' ')
      const outcome = fields[`e:${notice.id}`]
      const ended = outcome === undefined ? null : noticeOutcomeSchema.parse(JSON.parse(outcome))
      return { ...notice, tries: ended?.tries ?? Number(tries), ended }
    })
}
