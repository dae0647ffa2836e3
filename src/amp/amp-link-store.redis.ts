import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { keys } from '../stores/keys.redis.ts'
import type { AmpLinkStore, Connected } from './amp-link-store.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    moveAmpLink(link: string, expected: string, becomes: string): Result<number, Context>
  }
}

/** AMP readers in Redis: a string each, and a list for each reader of ours. */
export function createRedisAmpLinkStore(redis: Redis | Cluster): AmpLinkStore {
  const lua = readFileSync(new URL('move-link.lua', import.meta.url), 'utf8')
  redis.defineCommand('moveAmpLink', { numberOfKeys: 1, lua })

  async function note(reader: string, ampReader: string, expiresAtMs: number): Promise<void> {
    const list = keys.ampReadersOf(reader)
    await redis.zadd(list, expiresAtMs, ampReader)
    const [, last] = await redis.zrange(list, '-1', '-1', 'WITHSCORES')
    if (last !== undefined) await redis.pexpireat(list, last)
  }

  /** The list may name AMP readers whose link has ended or who are another's by now. */
  async function linksOf(
    reader: string,
  ): Promise<{ ampReader: string; text: string; expiresAtMs: number }[]> {
    const noted = await redis.zrange(keys.ampReadersOf(reader), 0, '-1', 'WITHSCORES')
    const links = []
    for (let index = 0; index < noted.length; index += 2) {
      const ampReader = noted[index] ?? ''
      const text = await redis.get(keys.ampLink(ampReader))
      if (text !== null && readLink(text).reader === reader)
        links.push({ ampReader, text, expiresAtMs: Number(noted[index + 1]) })
    }
    return links
  }

  return {
    /** The list first, for it says what there is to forget. */
    async connect({ ampReader, reader, registered, now, expiresAtMs }) {
      await note(reader, ampReader, expiresAtMs)
      await redis.set(keys.ampLink(ampReader), writeLink({ reader, registered }), 'PX', expiresAtMs - now)
    },
    async connected(ampReader) {
      const text = await redis.get(keys.ampLink(ampReader))
      return text === null ? null : readLink(text)
    },
    async ampReadersOf(reader) {
      return (await linksOf(reader)).map(({ ampReader }) => ampReader).toSorted()
    },
    async moveReader(from, into) {
      for (const { ampReader, text, expiresAtMs } of await linksOf(from)) {
        await note(into, ampReader, expiresAtMs)
        await redis.moveAmpLink(keys.ampLink(ampReader), text, writeLink({ reader: into, registered: true }))
      }
      await redis.del(keys.ampReadersOf(from))
    },
    async forgetReader(reader) {
      for (const { ampReader, text } of await linksOf(reader))
        await redis.moveAmpLink(keys.ampLink(ampReader), text, '')
      await redis.del(keys.ampReadersOf(reader))
    },
  }
}

function writeLink({ reader, registered }: Connected): string {
  return `${registered ? 'account' : 'browser'} ${reader}`
}

function readLink(text: string): Connected {
  const [kind, reader = ''] = text.split(' ', 2)
  return { reader, registered: kind === 'account' }
}
