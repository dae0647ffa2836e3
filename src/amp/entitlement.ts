import { z } from 'zod'
import type { Answer } from '../paywall/answer.ts'

/** An answer as amp-subscriptions and amp-access read it: no null, and less than 500 bytes. */
export const entitlementSchema = z
  .object({
    granted: z.boolean(),
    grantReason: z.enum(['SUBSCRIBER', 'METERING']).optional().describe('When granted'),
    data: z.object({
      isLoggedIn: z.boolean().describe('Whether the AMP reader has been connected with a reader of ours'),
      reason: z.string().describe('As in the answer of /v1/access'),
      articlesRead: z.int().optional(),
      articlesLeft: z.int().optional(),
      articleLimit: z.int().optional(),
      offerPrice: z.string().optional().describe('Of the offer that stands beside the answer'),
    }),
  })
  .describe('An AMP entitlement')

export type Entitlement = z.infer<typeof entitlementSchema>

/** Whatever opens an article without a subscription is `METERING` to AMP, which knows no third reason. */
export function entitlementOf({ granted, reason, meter, offer }: Answer, isLoggedIn: boolean): Entitlement {
  const isSubscriber = reason === 'subscriber' || reason === 'grace'
  return {
    granted,
    ...(granted && { grantReason: isSubscriber ? 'SUBSCRIBER' : 'METERING' }),
    data: {
      isLoggedIn,
      reason,
      ...(meter !== null && {
        articlesRead: meter.used,
        articlesLeft: meter.left,
        articleLimit: meter.limit,
      }),
      ...(offer !== null && { offerPrice: offer.price }),
    },
  }
}
