import type { Logger } from 'pino'
import type { Job } from '../jobs/job.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { type LearnParts, learnAccess, learnEvent } from './learn-event.ts'
import { PaymentsUnavailable } from './payments.ts'
import type { SubscriptionStore } from './subscription-store.ts'

export type ReconcileParts = LearnParts & {
  store: SubscriptionStore
  isStoreAway: (error: unknown) => boolean
  metrics: Pick<Metrics, 'reconciled'>
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

/** So much is looked at in one run; the next goes on where it ended. */
const most = { events: 500, attempts: 500, accesses: 300 }

const everyMs = 10 * 60_000

/** Stripe keeps events so long. What is still being delivered may fail later, so each run looks back a little. */
const keptMs = 30 * 86_400_000
const overlapMs = 60 * 60_000

/** A reader who is paying just now is left to the events. */
const youngMs = 2 * 60_000

/**
 * Finds what no event told, or an event told to nobody: events that did not reach us, attempts that should have ended, and
 * whatever gives access, those first that were not asked about for longest. It learns the same way as webhooks do.
 */
export function createReconciler(parts: ReconcileParts): Job {
  return {
    name: 'reconcile payments',
    everyMs,
    async run() {
      const found: Found = { event: { ...nothing }, attempt: { ...nothing }, access: { ...nothing } }
      try {
        await missedEvents(parts, found.event)
        await openAttempts(parts, found.attempt)
        await accesses(parts, found.access)
      } finally {
        tell(parts, found)
      }
    },
  }
}

type Tally = { looked: number; changed: number; failed: number }
type Found = { event: Tally; attempt: Tally; access: Tally }

const nothing: Tally = { looked: 0, changed: 0, failed: 0 }

/** Resumes after the last event that was looked at. */
async function missedEvents(parts: ReconcileParts, tally: Tally): Promise<void> {
  const { payments, store, now } = parts
  const startedMs = now()
  const sinceMs = (await store.reconciledUntil()) ?? startedMs - keptMs
  let lastMs: number | null = null
  for await (const event of payments.undelivered(sinceMs)) {
    await attend(parts, tally, event.id, async () => (await learnEvent(parts, event)) && 'changed')
    lastMs = event.atMs
    if (tally.looked >= most.events) break
  }
  const isWhole = tally.looked < most.events
  const untilMs = isWhole || lastMs === null ? startedMs - overlapMs : lastMs
  if (untilMs > sinceMs) await store.saveReconciledUntil(untilMs)
}

async function openAttempts(parts: ReconcileParts, tally: Tally): Promise<void> {
  const { store, syncCheckout, now } = parts
  for (const id of await store.openAttempts()) {
    if (tally.looked >= most.attempts) return
    const attempt = await store.attempt(id)
    if (attempt === null || attempt.consent.atMs > now() - youngMs) continue
    await attend(parts, tally, id, async () => {
      const isOver = attempt.expiresAtMs <= now() || attempt.status !== 'open'
      if (isOver) await syncCheckout.close(attempt)
      else if (attempt.session !== null) await syncCheckout.look(attempt.session)
      const { status } = (await store.attempt(id)) ?? attempt
      return status !== 'open' && 'changed'
    })
  }
}

async function accesses(parts: ReconcileParts, tally: Tally): Promise<void> {
  for (const id of await parts.store.liveSubscriptions(most.accesses)) {
    await attend(parts, tally, id, () => learnAccess(parts, id))
  }
}

/** One that cannot be learnt does not keep the others from it; without Stripe or the store none can. */
async function attend(
  { isStoreAway, log }: ReconcileParts,
  tally: Tally,
  what: string,
  learn: () => Promise<string | false>,
): Promise<void> {
  tally.looked += 1
  try {
    if ((await learn()) === 'changed') tally.changed += 1
  } catch (error) {
    if (error instanceof PaymentsUnavailable || isStoreAway(error)) throw error
    tally.failed += 1
    log.error({ error, what }, 'could not be reconciled')
  }
}

function tell({ metrics, log }: ReconcileParts, found: Found): void {
  for (const [what, { looked, changed, failed }] of Object.entries(found)) {
    metrics.reconciled({ what, outcome: 'changed', count: changed })
    metrics.reconciled({ what, outcome: 'failed', count: failed })
    metrics.reconciled({ what, outcome: 'same', count: looked - changed - failed })
  }
  log.info(found, 'payments reconciled')
}
