import { attemptOfGift } from './gift-id.ts'
import type { PaymentEvent, Payments } from './payments.ts'
import type { SyncCheckout } from './sync-checkout.ts'
import type { SyncGift } from './sync-gift.ts'
import type { SyncSubscription } from './sync-subscription.ts'

export type LearnParts = {
  payments: Payments
  syncCheckout: SyncCheckout
  syncSubscription: SyncSubscription
  syncGift: SyncGift
}

/** What an event is about, asked of Stripe afresh; false where it is about nothing of ours. Rejects if it could not be. */
export async function learnEvent(parts: LearnParts, event: PaymentEvent): Promise<boolean> {
  const { payments, syncCheckout, syncSubscription } = parts
  const { session, subscription } = event.payment === null ? event : await payments.about(event.payment)
  if (session !== null) await syncCheckout.look(session)
  if (subscription !== null) await syncSubscription(subscription)
  return session !== null || subscription !== null
}

/** What gives access, by the id that its access has: a subscription, or a gift that was redeemed. */
export function learnAccess({ syncSubscription, syncGift }: LearnParts, id: string) {
  const gift = attemptOfGift(id)
  return gift === null ? syncSubscription(id) : syncGift(gift)
}
