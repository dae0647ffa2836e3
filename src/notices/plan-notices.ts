import type { Attempt } from '../subscriptions/attempt.ts'
import { giftId } from '../subscriptions/gift-id.ts'
import type { Subscription } from '../subscriptions/payments.ts'
import { forgottenReader } from '../subscriptions/subscription-store.ts'
import { addMonths } from '../time.ts'
import type { Notice, SubscriptionNoticeKind } from './notice.ts'

/** A subscription as the payment service has just told of it, and what the reader agreed to. `now` in epoch ms. */
export type Occasion = {
  subscription: Subscription
  attempt: Attempt
  /** How often it has been set to end. */
  endings: number
  /** The site's. */
  timeZone: string
  now: number
}

/**
 * Everything that the reader is to be written about, now or later. Occasions that were noted before have the same ids
 * as then, so this may be asked after every change.
 */
export function planNotices(occasion: Occasion): Notice[] {
  const { subscription, attempt } = occasion
  return plans.flatMap((plan) => {
    const planned = plan(occasion)
    if (planned === null) return []
    const { kind, of, dueMs } = planned
    const id = `${kind}:${of}`
    return [{ id, kind, subscription: subscription.id, attempt: attempt.id, dueMs }]
  })
}

/**
 * For who has paid for a gift: the terms and the link, once. Null where that was longer ago than events can be late, and
 * for who is not to be known any more.
 */
export function planGiftNotice(bought: Attempt, now: number): Notice | null {
  const { id: attempt, consent, reader, site } = bought
  if (now - consent.atMs >= welcomeWithinMs || reader === forgottenReader(site)) return null
  return { id: `gift:${attempt}`, kind: 'gift', subscription: giftId(attempt), attempt, dueMs: now }
}

type Planned = { kind: SubscriptionNoticeKind; of: string; dueMs: number }
type Plan = (occasion: Occasion) => Planned | null

const dayMs = 86_400_000

/** Who bought longer ago than events can be late was subscribed before readers were written to. */
const welcomeWithinMs = 7 * dayMs

const welcome: Plan = ({ subscription, attempt, now }) =>
  gives(subscription) && now - attempt.consent.atMs < welcomeWithinMs
    ? { kind: 'welcome', of: attempt.id, dueMs: now }
    : null

const introEnds: Plan = ({ subscription, attempt }) => {
  const risesAtMs = priceRisesAt(subscription, attempt)
  const dueMs = risesAtMs === null ? null : introNoticeAt(risesAtMs, attempt)
  return dueMs === null ? null : { kind: 'intro_ends', of: attempt.id, dueMs }
}

const yearly: Plan = ({ subscription, timeZone, now }) => {
  if (!gives(subscription) || subscription.endsAtMs !== null) return null
  const { startedAtMs, id } = subscription
  const year = firstYearAfter(startedAtMs, now, timeZone)
  return {
    kind: 'yearly',
    of: `${id}:${year}`,
    dueMs: addMonths(startedAtMs, year * 12, timeZone) - yearlyNoticeMs,
  }
}

const canceled: Plan = ({ subscription, endings, now }) =>
  gives(subscription) && subscription.endsAtMs !== null
    ? { kind: 'canceled', of: `${subscription.id}:${endings}`, dueMs: now }
    : null

const paymentFailed: Plan = ({ subscription: { id, status, periodStartMs }, now }) =>
  status === 'past_due' ? { kind: 'payment_failed', of: `${id}:${periodStartMs}`, dueMs: now } : null

const refunded: Plan = ({ subscription: { id, reversal, periodStartMs }, now }) =>
  reversal === 'refunded' ? { kind: 'refunded', of: `${id}:${periodStartMs}`, dueMs: now } : null

const plans: readonly Plan[] = [welcome, introEnds, yearly, canceled, paymentFailed, refunded]

/** Whether it is running, paid or owing. */
function gives({ status }: Subscription): boolean {
  return status === 'trialing' || status === 'active' || status === 'past_due'
}

/** When the regular price begins (epoch ms); null where it has, or there was no other. */
export function priceRisesAt({ introEndsAtMs }: Subscription, { intro }: Attempt): number | null {
  return introEndsAtMs ?? (intro?.kind === 'discount' ? intro.endsAtMs : null)
}

/**
 * When a reader is told that the regular price begins: ten days before, which lies within what California, New York and
 * the card networks ask for; seven for an intro of a month or less. Null for less than two weeks: the welcome has
 * just told it.
 */
export function introNoticeAt(risesAtMs: number, { consent }: Attempt): number | null {
  const days = (risesAtMs - consent.atMs) / dayMs
  if (days < 14) return null
  return risesAtMs - (days > 31 ? 10 : 7) * dayMs
}

/** A yearly plan is renewed on that day, and California wants it told 15 to 45 days before. */
export const yearlyNoticeMs = 30 * dayMs

function firstYearAfter(startedAtMs: number, now: number, timeZone: string): number {
  let year = 1
  while (addMonths(startedAtMs, year * 12, timeZone) <= now) year += 1
  return year
}
