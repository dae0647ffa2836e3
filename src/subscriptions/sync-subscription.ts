import type { Logger } from 'pino'
import { accessFrom, isOver, isRevoked } from './access.ts'
import type { Attempt, AttemptRefusal } from './attempt.ts'
import type { Payments, Subscription } from './payments.ts'
import type { AccessPolicy } from './policy.ts'
import { refusalOf } from './refuse-purchase.ts'
import { forgottenReader, type SubscriptionStore } from './subscription-store.ts'

export type SyncParts = {
  payments: Payments
  store: SubscriptionStore
  /** What a site has decided, by its id. */
  policyOf: (site: string) => AccessPolicy
  /** Hears of everything that was learnt. */
  subscriptionSeen: (seen: SubscriptionSeen) => Promise<void>
  purchaseRefused: (refusal: AttemptRefusal) => void
  log: Logger
}

export type SubscriptionSeen = { subscription: Subscription; attempt: Attempt; ticket: number }

/** What came of asking: `older`, somebody who asked later has written already; `not_ours`, nothing of ours. */
export type Learnt = 'changed' | 'same' | 'older' | 'not_ours'

/** Learns the truth about one subscription from Stripe and writes what access it gives. Rejects if it could not. */
export type SyncSubscription = (subscription: string) => Promise<Learnt>

/**
 * The one way access changes: every webhook and the page that readers return to call it. It relies on nothing but what
 * Stripe holds now, so events may come twice, late and in any order, and it may break off anywhere and be called again. The
 * ticket is taken before Stripe is asked, so that of two answers the one that was asked for later stands. That the
 * attempt is complete is written last: until then a purchase is looked at as one that is new.
 */
export function createSyncSubscription(parts: SyncParts): SyncSubscription {
  const { payments, store, policyOf, subscriptionSeen, purchaseRefused, log } = parts
  return async (id) => {
    const ticket = await store.takeTicket()
    const found = await payments.subscription(id)
    const attempt = found === null ? null : await attemptOf(parts, found)
    if (found === null || attempt === null) return 'not_ours'

    const policy = policyOf(attempt.site)
    const refused = await refusalOf({ payments, store, subscription: found, attempt })
    const subscription = await settle(payments, { subscription: found, attempt, policy, refused })
    const learnt = await store.saveAccess({
      reader: attempt.reader,
      attempt: attempt.id,
      subscription: id,
      access: refused === null ? accessFrom({ subscription, attempt, policy }) : null,
      isOver: isOver(subscription),
      ticket,
    })
    await subscriptionSeen({ subscription, attempt, ticket })
    if (refused !== null && attempt.status !== 'complete') {
      log.warn({ subscription: id, attempt: attempt.id, refused }, 'a purchase was ended and refunded')
      purchaseRefused(refused)
    }
    if (attempt.status !== 'complete') await store.attemptEnded(attempt.id, 'complete', refused)
    log.info({ subscription: id, status: subscription.status, learnt }, 'subscription synchronised')
    return learnt
  }
}

async function attemptOf({ store, log }: SyncParts, { id, labels }: Subscription): Promise<Attempt | null> {
  const attempt = await store.attempt(labels.attempt)
  if (attempt === null) {
    const named = { subscription: id, attempt: labels.attempt }
    log.error(named, 'a subscription names an attempt that is not known')
    return null
  }
  return attempt.reader === forgottenReader(attempt.site) ? null : attempt
}

/** Ends what may not go on, and has the introductory amount wait or not: how it stands afterwards. */
async function settle(
  payments: Payments,
  options: {
    subscription: Subscription
    attempt: Attempt
    policy: AccessPolicy
    refused: AttemptRefusal | null
  },
): Promise<Subscription> {
  const { subscription, attempt, policy, refused } = options
  const { id } = subscription
  const mayNotGoOn = isRevoked(subscription, policy) && !isOver(subscription)
  if (refused !== null) await payments.endNow(id, 'all')
  else if (mayNotGoOn) await payments.endNow(id, 'nothing')
  const now =
    refused !== null || mayNotGoOn ? ((await payments.subscription(id)) ?? subscription) : subscription
  const isOutOfDate = await payments.settleIntroCharge(now, attempt)
  return isOutOfDate || waits(now, attempt) ? ((await payments.subscription(id)) ?? now) : now
}

/** Somebody else may have added the amount that waits for the first bill after that bill was looked at. */
function waits({ introEndsAtMs }: Subscription, { intro }: Attempt): boolean {
  return introEndsAtMs !== null && intro?.kind === 'trial' && intro.collected === 'with_first_bill'
}
