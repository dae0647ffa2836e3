import { setTimeout as delay } from 'node:timers/promises'
import type { EndpointName } from './params.ts'

/** A fault of Stripe's, simulated: on every request or on one endpoint, for so many requests or until it is ended. */
export type Outage = { on?: EndpointName; times?: number } & (
  | {
      /**
       * `error`: 500, and nothing was done. `kept_error`: the same, and kept under the idempotency key, as when Stripe
       * breaks at work. `gone`: the connection breaks, and nothing was done. `lost`: it breaks after the work was done.
       */
      kind: 'error' | 'kept_error' | 'gone' | 'lost'
    }
  /** Answered as ever, but so much later in real time. Who does not wait for the answer has it done all the same. */
  | { kind: 'slow'; delayMs: number }
)

export type Outages = {
  begin(outage: Outage): void
  /** Everything works again. */
  end(): void
  /** The one that began last and has not ended. */
  current(): Outage | undefined
  /** What a request to this endpoint meets with, counted as one of the outage's `times`. */
  meet(name: EndpointName): Outage | undefined
  /** Waits; false when the sandbox is closed meanwhile. */
  wait(ms: number): Promise<boolean>
  close(): void
}

export function createOutages(): Outages {
  let begun: { outage: Outage; left: number }[] = []
  const closing = new AbortController()
  return {
    begin: (outage) => {
      begun.push({ outage, left: outage.times ?? Number.POSITIVE_INFINITY })
    },
    end: () => {
      begun = []
    },
    current: () => begun.findLast(({ left }) => left > 0)?.outage,
    meet: (name) => {
      const met = begun.find(({ outage, left }) => left > 0 && (outage.on ?? name) === name)
      if (met) met.left--
      return met?.outage
    },
    wait: (ms) => delay(ms, true, { ref: false, signal: closing.signal }).catch(() => false),
    close: () => closing.abort(),
  }
}
