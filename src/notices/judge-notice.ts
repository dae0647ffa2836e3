import type { Attempt } from '../subscriptions/attempt.ts'
import type { Subscription } from '../subscriptions/payments.ts'
import { addMonths } from '../time.ts'
import type { LoggedNotice, SubscriptionNoticeKind } from './notice.ts'
import { introNoticeAt, priceRisesAt, yearlyNoticeMs } from './plan-notices.ts'

/** What to do with a notice that is due. Epoch milliseconds. */
export type Verdict = { act: 'send' } | { act: 'drop' } | { act: 'wait'; untilMs: number }

export type Standing = {
  notice: LoggedNotice & { kind: SubscriptionNoticeKind }
  /** As the payment service holds it now. */
  subscription: Subscription
  attempt: Attempt
  /** Everything that was and will be written about the subscription. */
  log: readonly LoggedNotice[]
  timeZone: string
  now: number
}

/** Whether what a notice was planned for still is so: readers cancel, come back and pay while it waits. */
export function judgeNotice(standing: Standing): Verdict {
  switch (standing.notice.kind) {
    case 'welcome':
      return isOver(standing.subscription) || standing.attempt.refused !== null ? drop : send
    case 'withdrawn':
      return judgeWithdrawn(standing)
    case 'intro_ends':
      return judgeIntroEnds(standing)
    case 'yearly':
      return judgeYearly(standing)
    case 'canceled':
      return standing.subscription.endsAtMs === null ? drop : send
    case 'payment_failed':
      return standing.subscription.status === 'past_due' ? send : drop
    case 'refunded':
      return judgeRefunded(standing)
  }
}

const send: Verdict = { act: 'send' }
const drop: Verdict = { act: 'drop' }

const minuteMs = 60_000
const dayMs = 86_400_000

/** Who has cancelled may take it back until the last day, and is to be told even then. */
const lookAgainMs = 6 * 3_600_000

function judgeIntroEnds({ subscription, attempt, now }: Standing): Verdict {
  const risesAtMs = priceRisesAt(subscription, attempt)
  if (risesAtMs === null || risesAtMs <= now || isOver(subscription)) return drop
  const dueMs = introNoticeAt(risesAtMs, attempt)
  if (dueMs === null) return drop
  if (dueMs > now) return { act: 'wait', untilMs: dueMs }
  return subscription.endsAtMs === null ? send : { act: 'wait', untilMs: now + lookAgainMs }
}

function judgeYearly({ notice, subscription, timeZone, now }: Standing): Verdict {
  const year = Number(notice.id.split(':').at(-1))
  const dayOfItMs = addMonths(subscription.startedAtMs, year * 12, timeZone)
  if (isOver(subscription) || now >= dayOfItMs + yearlyNoticeMs) return drop
  return subscription.endsAtMs === null ? send : { act: 'wait', untilMs: now + lookAgainMs }
}

/** It is noted before the subscription is ended, and a reader for whom that failed is asked to try again. */
function judgeWithdrawn({ notice, subscription, now }: Standing): Verdict {
  if (isOver(subscription)) return send
  return now < notice.dueMs + dayMs ? { act: 'wait', untilMs: now + minuteMs } : drop
}

/** Who has withdrawn was told of the refund with that. */
function judgeRefunded({ log }: Standing): Verdict {
  return log.some(({ kind }) => kind === 'withdrawn') ? drop : send
}

function isOver({ status }: Subscription): boolean {
  return status !== 'trialing' && status !== 'active' && status !== 'past_due'
}
