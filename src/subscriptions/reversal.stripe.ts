import type Stripe from 'stripe'
import type { Reversal } from './payments.ts'

/** Where the money of a charge is, if it did not stay with us. An inquiry that has moved no money is no dispute yet. */
export async function reversalOf(stripe: Stripe, charge: Stripe.Charge): Promise<Reversal | null> {
  if (charge.refunded) return 'refunded'
  if (!charge.disputed) return null
  const { data } = await stripe.disputes.list({ charge: charge.id, limit: 1 })
  switch (data[0]?.status) {
    case 'needs_response':
    case 'under_review':
      return 'disputed'
    case 'lost':
      return 'dispute_lost'
    default:
      return null
  }
}
