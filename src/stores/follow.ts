import type { Logger } from 'pino'

/** Something that the store holds in numbered revisions, kept in memory and up to date. */
export type Followed<T> = {
  current(): T
  /** Looks whether there is a newer one, and takes it. Resolves in any case; what was there stays if it fails. */
  refresh(): Promise<void>
  /** Resolves when it asks nothing any more. */
  stop(): Promise<void>
}

export type FollowParts<T> = {
  /** For the log: "the rules". */
  what: string
  first: { revision: number; value: T }
  /** The newest revision's number, which only goes up. */
  newest: () => Promise<number>
  load: (revision: number) => Promise<T>
  /** Hears of every revision that is taken, and of every failure to take one. */
  taken?: (revision: number) => void
  failed?: () => void
  log: Pick<Logger, 'info' | 'error'>
  everyMs?: number
}

/**
 * Asks twice a second, which one small command does: whatever becomes of connections and subscriptions, a process is
 * never further behind than that. The last good one stays while the store is away, has lost what it had, or holds what
 * cannot be used.
 */
export function follow<T>(parts: FollowParts<T>): Followed<T> {
  const { what, newest, load, taken, failed, log, everyMs = 500 } = parts
  let { revision, value } = parts.first
  let trouble: string | null = null
  let queue = Promise.resolve()
  taken?.(revision)

  async function look(): Promise<void> {
    try {
      const latest = await newest()
      if (latest < revision) throw new Error(`the store knows ${latest} only; it has lost what it had`)
      if (latest > revision) {
        value = await load(latest)
        revision = latest
        taken?.(revision)
        log.info({ revision }, `${what} have changed`)
      }
      trouble = null
    } catch (error) {
      failed?.()
      const message = error instanceof Error ? error.message : String(error)
      if (message !== trouble)
        log.error({ error, revision }, `${what} could not be refreshed; the last good ones stay`)
      trouble = message
    }
  }

  function refresh(): Promise<void> {
    queue = queue.then(look)
    return queue
  }

  const timer = setInterval(refresh, everyMs)
  timer.unref()
  return {
    current: () => value,
    refresh,
    stop() {
      clearInterval(timer)
      return queue
    },
  }
}
