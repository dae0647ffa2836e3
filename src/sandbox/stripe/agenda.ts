import { end, renew } from './billing.ts'
import { expireSession } from './checkout-sessions.ts'
import type { Deliveries } from './deliveries.ts'
import { endDiscount } from './discounts.ts'
import { closeDispute, openDispute } from './disputes.ts'
import type { DueDocument } from './documents.ts'
import { retryInvoice } from './paying-invoices.ts'
import { mustFind, type Sandbox, seconds } from './sandbox.ts'

export type Agenda = {
  /** From now on things happen when they fall due, also while nobody looks. */
  start(): void
  /** Does, in order and each at its own time, what has fallen due since somebody last looked. */
  catchUp(): void
  /**
   * Moves the clock forward, stopping once a day and wherever something falls due, and waits there for the webhooks
   * that it causes and for those who live by this clock.
   */
  advance(ms: number): Promise<void>
  close(): void
}

const longestWaitMs = 60_000
const shortestWaitMs = 250

const dayMs = 24 * 3600 * 1000

/**
 * `timePasses` is called at every stop on the way of a clock that is moved. Once it answers false, for somebody did not
 * keep up, nobody is waited for on the rest of the way.
 */
export function createAgenda(
  sandbox: Sandbox,
  deliveries: Deliveries,
  timePasses: () => Promise<boolean>,
): Agenda {
  const { documents, clock } = sandbox
  let timer: NodeJS.Timeout | undefined
  let lastAdvance = Promise.resolve()
  let closed = false

  const runAllDue = (until: number) => {
    for (let due = documents.nextDue(until); due; due = documents.nextDue(until)) {
      const { kind, id, at } = due
      if (kind === 'delivery') deliveries.attempt(id)
      else clock.at(at, () => documents.transaction(() => whenDue(sandbox, { kind, id, at })))
    }
  }

  const catchUp = () => {
    if (closed) return
    runAllDue(clock.now())
    start()
  }

  const start = () => {
    clearTimeout(timer)
    const next = documents.nextDue(Number.MAX_SAFE_INTEGER)
    if (!next) return
    const wait = Math.min(Math.max(next.at - clock.now(), shortestWaitMs), longestWaitMs)
    timer = setTimeout(catchUp, wait).unref()
  }

  const advance = async (ms: number) => {
    const until = clock.now() + ms
    let keepsUp = true
    for (let stop = clock.now(); stop < until && !closed; ) {
      stop = Math.max(stop, Math.min(documents.nextDue(until)?.at ?? until, stop + dayMs, until))
      clock.moveTo(stop)
      runAllDue(stop)
      await deliveries.settled()
      if (keepsUp) keepsUp = await timePasses()
    }
    catchUp()
  }

  return {
    start,
    catchUp,
    advance: (ms) => {
      lastAdvance = lastAdvance.catch(() => undefined).then(() => advance(ms))
      return lastAdvance
    },
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}

function whenDue(sandbox: Sandbox, { kind, id }: DueDocument): void {
  switch (kind) {
    case 'session':
      expireSession(sandbox, id)
      return
    case 'subscription':
      subscriptionDue(sandbox, id)
      return
    case 'trial_notice':
      tellTrialWillEnd(sandbox, id)
      return
    case 'discount':
      endDiscount(sandbox, id)
      return
    case 'invoice':
      retryInvoice(sandbox, id)
      return
    case 'coming_dispute':
      sandbox.documents.remove('coming_dispute', id)
      openDispute(sandbox, id)
      return
    case 'dispute':
      closeDispute(sandbox, id, 'lost')
      return
    case 'kept_answer':
    case 'challenge':
    case 'portal_session':
      sandbox.documents.remove(kind, id)
      return
    default:
      throw new Error(`Nothing is ever due for a ${kind}`)
  }
}

function subscriptionDue(sandbox: Sandbox, id: string): void {
  const subscription = mustFind(sandbox, 'subscription', id)
  const over = subscription.cancel_at !== null && subscription.cancel_at <= seconds(sandbox)
  if (over) end(sandbox, subscription, { invoiceNow: true })
  else renew(sandbox, subscription)
}

/** The notice goes with the trial it was made for: one that has ended or moved since is not told of. */
function tellTrialWillEnd(sandbox: Sandbox, id: string): void {
  const notice = mustFind(sandbox, 'trial_notice', id)
  sandbox.documents.remove('trial_notice', id)
  const subscription = mustFind(sandbox, 'subscription', id)
  if (subscription.status === 'trialing' && subscription.trial_end === notice.trialEnd) {
    sandbox.emit('customer.subscription.trial_will_end', subscription)
  }
}
