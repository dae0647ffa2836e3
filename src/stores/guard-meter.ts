import type { MeterStore } from '../metering/meter-store.ts'
import type { Breaker } from './breaker.ts'

/**
 * The meter store with its two hot questions behind breakers, one for each place a reader's facts may be. A question
 * that was given up may still be carried out when the store is back. That is harmless: the script judges by the time it
 * was given, counts an article once however often it is asked, and never more of them than the limit.
 */
export function guardMeterStore({
  meter,
  breakerOf,
  failed,
}: {
  meter: MeterStore
  breakerOf: (reader: string) => Breaker
  failed: (error: unknown) => void
}): MeterStore {
  return {
    ...meter,
    recordView: (reader, view) => breakerOf(reader).ask(() => meter.recordView(reader, view), failed),
    readerFacts: (reader) => breakerOf(reader).ask(() => meter.readerFacts(reader), failed),
  }
}
