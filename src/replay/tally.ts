import type { RequestClass } from './classify-request.ts'
import type { ViewAnswer } from './create-view-sender.ts'
import type { LogReader } from './reader-of.ts'

export type ReplayReport = ReturnType<Tally['report']>
export type Tally = ReturnType<typeof createTally>

/** Counts a replay: what the log's lines were, what the service answered, in all and by the log's days. */
export function createTally() {
  let lines = 0
  let unreadable = 0
  let firstUnreadable: { line: number; text: string } | null = null
  let pages = 0
  const left = { asset: new Counter(), feed: new Counter(), other: new Counter() }
  const total = new Meeting()
  const crawlers = new Set<string>()
  const days = new Map<string, Meeting>()
  const problems = new Map<string, { code: string; count: number; example: string }>()

  return {
    unreadable(text: string) {
      lines += 1
      unreadable += 1
      firstUnreadable ??= { line: lines, text: text.slice(0, 200) }
    },

    request(requestClass: RequestClass) {
      lines += 1
      if (requestClass.kind === 'page') pages += 1
      else left[requestClass.kind].add(requestClass.detail)
    },

    answer({ reader, day, answer }: { reader: LogReader; day: string; answer: ViewAnswer }) {
      if (!answer.ok) {
        const problem = problems.get(answer.code) ?? { ...answer, count: 0 }
        problems.set(answer.code, { code: answer.code, example: problem.example, count: problem.count + 1 })
        return
      }
      const today = days.get(day) ?? new Meeting()
      days.set(day, today)
      for (const meeting of [total, today]) meeting.add(reader.key, answer)
      if (reader.callsItselfCrawler) crawlers.add(reader.key)
    },

    /** Everything counted so far; a rate is null where there is nothing to divide by. */
    report({ durationMs }: { durationMs: number }) {
      const failed = [...problems.values()].sort((a, b) => b.count - a.count)
      const requests = total.answers + failed.reduce((sum, { count }) => sum + count, 0)
      return {
        lines,
        unreadable: { count: unreadable, first: firstUnreadable },
        pages,
        assets: left.asset.summary(),
        feeds: left.feed.summary(),
        other: left.other.summary(),
        ...total.summary(),
        readersCallingThemselvesCrawlers: crawlers.size,
        stopRate: ratio(total.readersStopped.size, total.readers.size),
        otherReasons: total.otherReasons(),
        problems: failed,
        days: [...days]
          .sort(([a], [b]) => a.localeCompare(b))
          .map(([day, met]) => ({ day, ...met.summary() })),
        requests,
        durationSeconds: durationMs / 1000,
        requestsPerSecond: ratio(requests, durationMs / 1000),
      }
    },
  }
}

/** What readers met at the meter. */
class Meeting {
  answers = 0
  readers = new Set<string>()
  readersStopped = new Set<string>()
  private reasons = new Counter()
  private offers = 0

  add(readerKey: string, { reason, offerShown }: { reason: string; offerShown: boolean }): void {
    this.answers += 1
    this.reasons.add(reason)
    this.readers.add(readerKey)
    if (reason === 'meter_stop') this.readersStopped.add(readerKey)
    if (offerShown) this.offers += 1
  }

  summary() {
    return {
      readersSeen: this.readers.size,
      readersStopped: this.readersStopped.size,
      views: this.reasons.of('metered'),
      rereads: this.reasons.of('reread'),
      stops: this.reasons.of('meter_stop'),
      offersShown: this.offers,
    }
  }

  otherReasons(): Record<string, number> {
    const { metered, reread, meter_stop, ...others } = this.reasons.summary().kinds
    return others
  }
}

class Counter {
  private counts = new Map<string, number>()

  add(name: string): void {
    this.counts.set(name, this.of(name) + 1)
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0
  }

  /** The most frequent first. */
  summary(): { count: number; kinds: Record<string, number> } {
    const kinds = [...this.counts].sort(([, a], [, b]) => b - a)
    return { count: kinds.reduce((sum, [, count]) => sum + count, 0), kinds: Object.fromEntries(kinds) }
  }
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
