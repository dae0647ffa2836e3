import { z } from 'zod'
import { moneySchema } from '../offers/money.ts'

/** `open` until Stripe says that the session was completed or has expired. */
export const attemptStatusSchema = z.enum(['open', 'complete', 'expired'])

/** Of a purchase that was ended at once and refunded: the reader had a subscription, or what was sold was not what was agreed. */
export const attemptRefusalSchema = z.enum(['second_subscription', 'wrong_amount'])

/**
 * One reader's attempt to buy one offer. Every computed value is fixed here before Stripe is first asked, so that a
 * repeated request is the same request; and it is the record of the consent. Epoch milliseconds.
 */
export const attemptSchema = z.object({
  id: z.string(),
  site: z.string(),
  reader: z.string().describe('The key of readerKey()'),
  offer: z.string(),
  plan: z.string(),
  planName: z.string(),
  configVersion: z.int(),
  consent: z
    .object({ terms: z.string(), termsHash: z.string(), atMs: z.int() })
    .describe('The exact words the reader agreed to, and when'),
  regular: moneySchema,
  every: z.object({ unit: z.enum(['day', 'week', 'month', 'year']), count: z.int() }),
  intro: z
    .object({
      collected: z.enum(['now', 'with_first_bill', 'never']),
      price: moneySchema,
      endsAtMs: z.int(),
    })
    .nullable()
    .describe('What the introductory period costs, and how it is collected'),
  returnTo: z.string().describe('Where on the site the reader wanted to read: an absolute address'),
  expiresAtMs: z.int(),
  status: attemptStatusSchema,
  session: z.string().nullable().describe('Stripe’s Checkout session, once it is open'),
  refused: attemptRefusalSchema.nullable().default(null).describe('Why it was paid for and given back'),
})

export type Attempt = z.infer<typeof attemptSchema>
export type AttemptStatus = Attempt['status']
export type AttemptRefusal = z.infer<typeof attemptRefusalSchema>
