import { standingSchema } from '../subscriptions/access.ts'
import type { ReaderFacts, RecordedView } from './meter-store.ts'
import type { View } from './views.ts'

const bytesPerView = 10

/** Reads the compact record that record-view.lua writes, from a place in a buffer to its end. */
export function decodeViews(record: Buffer, from = 0): View[] {
  const views: View[] = []
  for (let at = from; at + bytesPerView <= record.length; at += bytesPerView) {
    views.push({
      article: record.readUInt32BE(at),
      meter: record.readUInt16BE(at + 4),
      atSeconds: record.readUInt32BE(at + 6),
    })
  }
  return views
}

/** The part of a record that was read from an instant on, epoch seconds. */
export function viewsSince(record: Buffer, sinceSeconds: number): Buffer {
  const kept: Buffer[] = []
  for (let at = 0; at + bytesPerView <= record.length; at += bytesPerView) {
    if (record.readUInt32BE(at + 6) >= sinceSeconds) kept.push(record.subarray(at, at + bytesPerView))
  }
  return Buffer.concat(kept)
}

/** What record-view.lua says of one reader. Throws what went wrong there. */
export function decodeRecorded(reply: Buffer): RecordedView {
  refuseError(reply)
  const { views, access } = decodeKnown(reply, 4)
  return { views, access, judgement: decodeJudgement(reply) }
}

/** What reader-facts.lua says of one reader. Throws what went wrong there. */
export function decodeFacts(reply: Buffer): ReaderFacts {
  refuseError(reply)
  return decodeKnown(reply, 1)
}

const errorMark = 'E'.charCodeAt(0)

function refuseError(reply: Buffer): void {
  if (reply[0] === errorMark) throw new Error(reply.toString('utf8', 1))
}

const counted = 'c'.charCodeAt(0)
const reread = 'r'.charCodeAt(0)
const stopped = 's'.charCodeAt(0)
const subscribed = 'a'.charCodeAt(0)

function decodeJudgement(reply: Buffer): RecordedView['judgement'] {
  switch (reply[0]) {
    case counted: {
      const nudge = reply.readUInt16BE(2)
      return { outcome: 'counted', meter: reply.readUInt8(1) - 1, nudge: nudge === 0 ? null : nudge - 1 }
    }
    case reread:
      return { outcome: 'reread' }
    case stopped:
      return { outcome: 'stopped' }
    case subscribed:
      return { outcome: 'subscribed' }
    default:
      throw new Error(`record-view.lua answered ${reply.toString('latin1', 0, 1)}`)
  }
}

/** The access, whose length stands at a place, and the views after it. */
function decodeKnown(reply: Buffer, at: number): ReaderFacts {
  const length = reply.readUInt8(at)
  const from = at + 1
  if (length === 0) return { views: decodeViews(reply, from), access: null }
  const [until, standing] = reply.toString('latin1', from, from + length).split(' ')
  return {
    views: decodeViews(reply, from + length),
    access: { untilMs: Number(until), standing: standingSchema.parse(standing) },
  }
}
