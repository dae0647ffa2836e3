import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { StoreFailure, StoreWatch } from '../stores/stores.ts'
import { createTally } from './tally.ts'

/** What the service tells about itself, in product words. docs/metrics.md lists what comes of it. */
export type Metrics = StoreWatch & {
  /** One decision of the hot routes. */
  decided(decision: { site: string; route: 'access' | 'views'; reason: string }): void
  /** How long one answer of the hot routes took. */
  answered(seconds: number): void
  /** A reader wanted to buy; `outcome` is `opened`, the code of a refusal, or `failed`. */
  checkoutAttempted(outcome: string): void
  /** Stripe told something; `type` is its event's. */
  webhookTaken(webhook: { type: string; outcome: WebhookOutcome }): void
  /** A purchase was ended at once and refunded. */
  purchaseRefused(reason: string): void
  /** How many of `what` the reconciler has looked at, with which outcome. */
  reconciled(found: { what: string; outcome: string; count: number }): void
  /** The version of the configuration that this process answers by from now on. */
  versionTaken(version: number): void
  /** A look for a newer version has failed. */
  versionFailed(): void
  /** A job of this process has run. */
  jobRan(run: { job: string; outcome: 'done' | 'failed' }): void
  /** A notice was sent, or could not be; `dropped`: its occasion had passed. */
  noticeHandled(notice: { kind: string; outcome: NoticeHandled }): void
  /** All of it, as Prometheus reads it. */
  read(): Promise<{ contentType: string; text: string }>
}

/** `ignored` is about nothing of ours, `refused` bore no fitting signature, `failed` will be sent again. */
export type WebhookOutcome = 'handled' | 'ignored' | 'refused' | 'failed'

/** `failed` is tried again, `given_up` is not. */
export type NoticeHandled = 'sent' | 'dropped' | 'failed' | 'given_up'

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const decisions = createTally()
  new Counter({
    name: 'newsrack_decisions_total',
    help: 'Answers of /v1/access and /v1/views, by their reason',
    labelNames: ['site', 'route', 'reason'],
    registers,
    collect() {
      this.reset()
      for (const { count, ...labels } of decisions.entries()) this.inc(labels, count)
    },
  })
  const answerSeconds = new Histogram({
    name: 'newsrack_decision_seconds',
    help: 'From the arrival of a request of /v1/access or /v1/views until its answer was sent',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5],
    registers,
  })
  const storeFailures = new Counter({
    name: 'newsrack_store_failures_total',
    help: 'Questions of /v1/access and /v1/views that the store did not answer',
    labelNames: ['kind'],
    registers,
  })
  for (const kind of storeFailureKinds) storeFailures.inc({ kind }, 0)
  const storeAway = new Gauge({
    name: 'newsrack_store_away',
    help: '1 while the store, or a part of it, does not answer',
    registers,
  })
  const attempts = new Counter({
    name: 'newsrack_checkout_attempts_total',
    help: 'Attempts to buy, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const version = new Gauge({
    name: 'newsrack_configuration_version',
    help: 'The version of the configuration that this process answers by',
    registers,
  })
  const versionFailures = new Counter({
    name: 'newsrack_configuration_failures_total',
    help: 'Looks for a newer version that failed; the last good one stays',
    registers,
  })
  const webhooks = new Counter({
    name: 'newsrack_webhooks_total',
    help: 'Events from Stripe, by type and outcome',
    labelNames: ['type', 'outcome'],
    registers,
  })

  const jobs = new Counter({
    name: 'newsrack_job_runs_total',
    help: 'Runs of recurring jobs in this process, by outcome',
    labelNames: ['job', 'outcome'],
    registers,
  })

  const notices = new Counter({
    name: 'newsrack_notices_total',
    help: 'Notices to readers, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    registers,
  })

  const refused = new Counter({
    name: 'newsrack_purchases_refused_total',
    help: 'Purchases that were ended at once and refunded, by reason',
    labelNames: ['reason'],
    registers,
  })
  const reconciled = new Counter({
    name: 'newsrack_reconciled_total',
    help: 'What the reconciler has looked at, and whether it found something that no event had told',
    labelNames: ['what', 'outcome'],
    registers,
  })

  return {
    decided: ({ site, route, reason }) => decisions.add(site, route, reason),
    answered: (seconds) => answerSeconds.observe(seconds),
    storeFailed: (kind) => storeFailures.inc({ kind }),
    storeAway: (isAway) => storeAway.set(isAway ? 1 : 0),
    versionTaken: (number) => version.set(number),
    versionFailed: () => versionFailures.inc(),
    checkoutAttempted: (outcome) => attempts.inc({ outcome }),
    purchaseRefused: (reason) => refused.inc({ reason }),
    reconciled: ({ what, outcome, count }) => reconciled.inc({ what, outcome }, count),
    webhookTaken: (webhook) => webhooks.inc(webhook),
    jobRan: (run) => jobs.inc(run),
    noticeHandled: (notice) => notices.inc(notice),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  }
}

/** A rate needs a number before the first failure. */
const storeFailureKinds: readonly StoreFailure[] = ['timeout', 'connection', 'refused', 'breaker']
