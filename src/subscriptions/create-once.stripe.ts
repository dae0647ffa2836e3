import Stripe from 'stripe'

/** How many keys are tried: after so many answers of 500 in one day something is wrong that another try does not mend. */
const mostKeys = 5

/**
 * Makes something under an idempotency key that is always the same, so that however often it is tried, at once or one
 * after another, it is made once. For a day Stripe repeats whatever it answered first, an error 500 of its own
 * included: the next key is tried only after such a repeated error. Use it where a thing made by the request that
 * failed does no harm, or let `create` look for that first.
 */
export async function createOnce<Made>(
  key: string,
  create: (idempotencyKey: string) => Promise<Made>,
): Promise<Made> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await create(turn === 1 ? key : `${key}:${turn}`)
    } catch (error) {
      if (turn === mostKeys || !isRepeatedFailure(error)) throw error
    }
  }
}

function isRepeatedFailure(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeAPIError && error.headers?.['idempotent-replayed'] === 'true'
}
