import { createHash } from 'node:crypto'
import type { LogRecord } from './parse-log-line.ts'

export type LogReader = {
  /** What the service is told. */
  id: string
  /** Short and of one length, for the sets that hold every reader of a log. */
  key: string
  callsItselfCrawler: boolean
}

/** Whom a log shows reading: an address with a user agent, as far as a log can tell. */
export function readerOf({ host, userAgent }: Pick<LogRecord, 'host' | 'userAgent'>): LogReader {
  const id = `${host} ${userAgent ?? '-'}`
  return {
    id,
    key: createHash('sha256').update(id).digest('base64url').slice(0, 12),
    callsItselfCrawler: callsItselfCrawler(userAgent ?? ''),
  }
}

// Cubot makes telephones.
function callsItselfCrawler(userAgent: string): boolean {
  return /(?<!cu)bots?(?![a-z])|crawl|spider|slurp/i.test(userAgent)
}
