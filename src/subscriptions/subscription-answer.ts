import { z } from 'zod'
import type { SiteRules } from '../paywall/rules.ts'
import { type Access, standingSchema } from './access.ts'

const instantSchema = z.iso.datetime({ offset: true })

/** A subscription as its reader is told of it. */
export const subscriptionAnswerSchema = z.object({
  plan: z.string(),
  offer: z.string(),
  standing: standingSchema,
  endsAt: instantSchema.nullable().describe('When it ends, if it has been cancelled'),
  nextCharge: z
    .object({ amount: z.int().describe('Minor units'), currency: z.string(), at: instantSchema })
    .nullable(),
})

export function subscriptionAnswer(
  { plan, offer, standing, endsAtMs, nextCharge }: Access,
  { writeInstant }: SiteRules,
): z.infer<typeof subscriptionAnswerSchema> {
  return {
    plan,
    offer,
    standing,
    endsAt: endsAtMs === null ? null : writeInstant(endsAtMs),
    nextCharge:
      nextCharge === null
        ? null
        : { amount: nextCharge.amount, currency: nextCharge.currency, at: writeInstant(nextCharge.atMs) },
  }
}
