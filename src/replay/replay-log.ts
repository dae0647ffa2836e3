import { classifyRequest } from './classify-request.ts'
import type { View, ViewAnswer } from './create-view-sender.ts'
import { createLanes } from './lanes.ts'
import { parseLogLine } from './parse-log-line.ts'
import { type LogReader, readerOf } from './reader-of.ts'
import type { Tally } from './tally.ts'

type PageView = { view: View; reader: LogReader; day: string }

const laneCount = 16
const laneCapacity = 64

/**
 * Sends every page of a log as a view, each reader's in the log's order, readers side by side, and counts
 * what every line was and what was answered. `onLine` is called once a line.
 */
export async function replayLog({
  lines,
  send,
  tally,
  onLine,
}: {
  lines: AsyncIterable<string>
  send: (view: View) => Promise<ViewAnswer>
  tally: Tally
  onLine: () => void
}): Promise<void> {
  const lanes = createLanes<PageView>({
    count: laneCount,
    capacity: laneCapacity,
    work: async ({ view, reader, day }) => tally.answer({ reader, day, answer: await send(view) }),
  })
  try {
    for await (const line of lines) {
      const page = readPage(line, tally)
      if (page !== null) await lanes.push(page.reader.key, page)
      onLine()
    }
  } finally {
    // Also when the log breaks off: nothing is to be sent after the command has said that it stopped.
    await lanes.drain()
  }
}

function readPage(line: string, tally: Tally): PageView | null {
  const record = parseLogLine(line)
  if (record === null) {
    tally.unreadable(line)
    return null
  }
  const requestClass = classifyRequest(record)
  tally.request(requestClass)
  if (requestClass.kind !== 'page') return null
  const reader = readerOf(record)
  const { articleId, url } = requestClass
  const referrer = webAddress(record.referrer)
  return {
    view: { articleId, url, readerId: reader.id, atMs: record.atMs, referrer },
    reader,
    day: record.day,
  }
}

function webAddress(referrer: string | null): string | null {
  return referrer !== null && /^https?:\/\//i.test(referrer) ? (URL.parse(referrer)?.href ?? null) : null
}
