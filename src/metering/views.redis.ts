import type { View } from './views.ts'

const bytesPerView = 10

/** Reads the compact record that record-view.lua writes. */
export function decodeViews(record: Buffer): View[] {
  const views: View[] = []
  for (let at = 0; at + bytesPerView <= record.length; at += bytesPerView) {
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
