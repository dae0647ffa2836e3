import { deviceOf } from '../offers/device.ts'
import { classifyRequest } from '../replay/classify-request.ts'
import { parseLogLine } from '../replay/parse-log-line.ts'
import { readerOf } from '../replay/reader-of.ts'
import type { Visit } from './visit.ts'

/**
 * The visits of an access log in the combined format: its pages, read by those who do not call themselves crawlers. A
 * reader is an address with a user agent; a section is the first part of the path, where there is more than one.
 */
export async function visitsOfLog(lines: AsyncIterable<string>): Promise<Visit[]> {
  const visits: Visit[] = []
  for await (const line of lines) {
    const visit = visitOf(line)
    if (visit !== null) visits.push(visit)
    if (visits.length > mostVisits) throw new TooManyVisits(`a log of more than ${mostVisits} pages`)
  }
  return visits
}

export const mostVisits = 1_000_000

/** The log is longer than is held in memory. */
export class TooManyVisits extends Error {
  override name = 'TooManyVisits'
}

function visitOf(line: string): Visit | null {
  const record = parseLogLine(line)
  if (record === null) return null
  const request = classifyRequest(record)
  const reader = readerOf(record)
  if (request.kind !== 'page' || reader.callsItselfCrawler) return null
  const [, section, more] = request.articleId.split('/')
  return {
    atSeconds: Math.floor(record.atMs / 1000),
    reader: Buffer.from(reader.key, 'base64url').readUIntBE(0, 6),
    article: request.articleId,
    ...(section && more && { section }),
    class: 'metered',
    registered: false,
    openedBy: null,
    device: deviceOf({ userAgent: record.userAgent, mobileHint: null }),
    country: null,
  }
}
