import type { Logger } from 'pino'
import type { Decided } from './access.routes.ts'
import type { DecisionStore, RecordedDecision } from './decision-store.ts'

/** So many of each kind a process writes down in a second; a small paper's are all there, a large one's are a sample. */
const mostInASecond = 20

/**
 * Remembers recent decisions, so that somebody who is asked "why did I see this?" finds them by their id. Refused ones are
 * asked about, so granted ones do not crowd them out. What cannot be written is not missed. `now` gives epoch milliseconds.
 */
export function recordDecisions(parts: {
  store: DecisionStore
  log: Pick<Logger, 'debug'>
  now: () => number
}): (decided: Decided) => void {
  const { store, log, now } = parts
  const written = { granted: 0, refused: 0 }
  let second = 0

  return (decided) => {
    const atMs = now()
    if (Math.floor(atMs / 1000) !== second) {
      second = Math.floor(atMs / 1000)
      written.granted = 0
      written.refused = 0
    }
    const kind = decided.answer.granted ? 'granted' : 'refused'
    if (written[kind] === mostInASecond || decided.answer.reason === 'store_unavailable') return
    written[kind] += 1
    store
      .saveDecision(recordOf(decided, atMs))
      .catch((error: unknown) => log.debug({ error }, 'a decision was not recorded'))
  }
}

function recordOf({ count, answer, asked }: Decided, atMs: number): RecordedDecision {
  const { granted, reason, meter, wall, configVersion } = answer
  return {
    id: answer.decision,
    atMs,
    site: asked.site.site.id,
    reader: asked.reader,
    registered: asked.registered,
    article: asked.body.article,
    counted: count,
    answer: { granted, reason, meter, wall, configVersion },
    offer: answer.offer?.id ?? null,
  }
}
