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
