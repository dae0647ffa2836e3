import type Stripe from 'stripe'
import type { Attempt } from './attempt.ts'
import type { SubscriptionLabels } from './payments.ts'

/** The metadata by which we know what is ours; the Stripe account may sell other things too. */
export const attemptLabel = 'newsrack_attempt'

export function writeLabels({ id, site, reader, plan, offer }: Attempt): Record<string, string> {
  return {
    [attemptLabel]: id,
    newsrack_site: site,
    newsrack_reader: reader,
    newsrack_plan: plan,
    newsrack_offer: offer,
  }
}

/** Null where the labels are not ours. */
export function readLabels(metadata: Stripe.Metadata): SubscriptionLabels | null {
  const { newsrack_attempt, newsrack_site, newsrack_reader, newsrack_plan, newsrack_offer } = metadata
  if (!newsrack_attempt || !newsrack_site || !newsrack_reader || !newsrack_plan || !newsrack_offer)
    return null
  return {
    attempt: newsrack_attempt,
    site: newsrack_site,
    reader: newsrack_reader,
    plan: newsrack_plan,
    offer: newsrack_offer,
  }
}
