import Stripe from 'stripe'
import { PaymentsUnavailable } from './payments.ts'

/** A client of Stripe, or of what answers in its stead at `apiBase`. */
export function openStripe({ secretKey, apiBase }: { secretKey: string; apiBase: URL | null }): Stripe {
  // A reader waits for most of the answers: a second try, and then they are told.
  return new Stripe(secretKey, {
    ...(apiBase && addressOf(apiBase)),
    maxNetworkRetries: 1,
    timeout: 8_000,
    telemetry: false,
  })
}

/** What Stripe could not do now it may do later; what it does not understand is an error of ours. */
export async function askStripe<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (
      !(error instanceof Stripe.errors.StripeError) ||
      error instanceof Stripe.errors.StripeInvalidRequestError
    ) {
      throw error
    }
    throw new PaymentsUnavailable(error.message, { cause: error })
  }
}

function addressOf(url: URL): { host: string; port: number; protocol: 'http' | 'https' } {
  const protocol = url.protocol === 'http:' ? 'http' : 'https'
  return { host: url.hostname, port: Number(url.port || (protocol === 'http' ? 80 : 443)), protocol }
}
