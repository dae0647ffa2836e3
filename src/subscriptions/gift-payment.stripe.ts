import type Stripe from 'stripe'
import { giveBack } from './give-back.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import type { GiftPayment } from './payments.ts'
import { reversalOf } from './reversal.stripe.ts'

/** How the payment of a gift stands. The session's payment must come expanded, down to its latest charge. */
export async function giftPayment(stripe: Stripe, session: Stripe.Checkout.Session): Promise<GiftPayment> {
  const charge = chargeOf(session)
  return {
    paid: session.payment_status !== 'unpaid',
    reversal: charge === null ? null : await reversalOf(stripe, charge),
    email: session.customer_details?.email ?? null,
  }
}

/** Gives back all that was paid for a gift. Safe to repeat. */
export async function giveBackGift(stripe: Stripe, id: string): Promise<void> {
  const session = await orMissing(
    stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] }),
  )
  const charge = session === null ? null : chargeOf(session)
  if (charge === null) return
  const amount = charge.amount_captured - charge.amount_refunded
  if (amount > 0) await giveBack(stripe, { charge: charge.id, amount, reason: `${id}:all` })
}

function chargeOf({ payment_intent: intent }: Stripe.Checkout.Session): Stripe.Charge | null {
  const charge = typeof intent === 'object' ? (intent?.latest_charge ?? null) : null
  return typeof charge === 'object' ? charge : null
}
