import Stripe from 'stripe'
import { createOnce } from './create-once.stripe.ts'

const refundLabel = 'newsrack_refund'

/**
 * Gives back a part of a charge, or all of it. Safe to repeat: the refund carries `reason`, and is made once for it. What
 * somebody else has given back already is given back.
 */
export async function giveBack(
  stripe: Stripe,
  { charge, amount, reason }: { charge: string; amount: number; reason: string },
): Promise<void> {
  const parameters: Stripe.RefundCreateParams = { charge, amount, metadata: { [refundLabel]: reason } }
  try {
    await createOnce(`refund:${reason}:${amount}`, async (idempotencyKey) => {
      const { data } = await stripe.refunds.list({ charge, limit: 100 })
      const isGiven = data.some(
        ({ metadata, status }) => metadata?.[refundLabel] === reason && status !== 'failed',
      )
      return isGiven ? null : stripe.refunds.create(parameters, { idempotencyKey })
    })
  } catch (error) {
    if (!isGivenAlready(error)) throw error
  }
}

/** By somebody in Stripe's dashboard, or by the bank in a dispute. */
function isGivenAlready(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    ['charge_already_refunded', 'charge_disputed'].includes(error.code ?? '')
  )
}
