import type { Logger } from 'pino'

/** Whether Redis is there, put together from its connections and breakers. */
export type Presence = {
  away(part: string, error: unknown): void
  back(part: string): void
}

/** Tells once that Redis went away, whatever part of it went first, and once that all of it is back. */
export function createPresence({
  log,
  changed,
}: {
  log: Pick<Logger, 'info' | 'warn'>
  changed: (isAway: boolean) => void
}): Presence {
  const away = new Set<string>()
  return {
    away(part, error) {
      const wasThere = away.size === 0
      away.add(part)
      if (!wasThere) return
      log.warn({ error, part }, 'Redis is away')
      changed(true)
    },
    back(part) {
      if (!away.delete(part) || away.size > 0) return
      log.info('Redis is back')
      changed(false)
    },
  }
}
