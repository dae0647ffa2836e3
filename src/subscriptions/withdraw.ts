import type { Notices } from '../notices/create-notices.ts'
import type { SiteRules } from '../paywall/rules.ts'
import { isGift } from './access.ts'
import type { Payments } from './payments.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import type { SyncSubscription } from './sync-subscription.ts'
import { withdrawableUntil } from './withdrawal.ts'

/**
 * The reader withdraws from the contract: the subscription ends now, and what was paid for the time not used goes back.
 * False where the law gives that no more. Safe to repeat; rejects with PaymentsUnavailable when Stripe does not answer.
 */
export type Withdraw = (by: { reader: string; site: SiteRules; now: number }) => Promise<boolean>

export function createWithdraw(parts: {
  payments: Pick<Payments, 'endNow'>
  store: Pick<SubscriptionStore, 'access' | 'attempt'>
  notices: Pick<Notices, 'withdrawn'>
  syncSubscription: SyncSubscription
}): Withdraw {
  const { payments, store, notices, syncSubscription } = parts
  return async ({ reader, site, now }) => {
    const access = await store.access(reader)
    const attempt = access === null || isGift(access) ? null : await store.attempt(access.attempt)
    if (access === null || attempt === null) return false
    const untilMs = withdrawableUntil({ attempt, site: site.site })
    if (untilMs === null || now >= untilMs) return false
    await notices.withdrawn({ subscription: access.subscription, attempt })
    await payments.endNow(access.subscription, 'unused')
    await syncSubscription(access.subscription)
    return true
  }
}
