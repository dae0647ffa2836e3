import { articleFingerprint } from '../src/metering/views.ts'

const samples = 10_000

/** How many bits the store tells articles apart by: those that the largest of many fingerprints needs. */
export function articleBits(): number {
  let largest = 0
  for (let sample = 0; sample < samples; sample += 1) {
    largest = Math.max(largest, articleFingerprint(`/sample/${sample}`))
  }
  return Math.ceil(Math.log2(largest + 1))
}
