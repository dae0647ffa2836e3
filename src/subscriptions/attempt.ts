import { z } from 'zod'
import { deviceSchema } from '../offers/device.ts'
import { moneySchema } from '../offers/money.ts'

/** `open` until Stripe says that the session was completed or has expired. */
export const attemptStatusSchema = z.enum(['open', 'complete', 'expired'])

const trialSchema = z
  .object({
    kind: z.literal('trial').default('trial'),
    collected: z.enum(['now', 'with_first_bill', 'never']),
    price: moneySchema,
    endsAtMs: z.int(),
  })
  .describe(
    'What the whole introductory period costs, and how it is collected; the regular price begins after it',
  )

const discountSchema = z
  .object({
    kind: z.literal('discount'),
    percentOff: z.number().nullable().describe('Null where an amount is taken off'),
    price: moneySchema.describe('What one of the first bills comes to'),
    bills: z.int().describe('How many bills are so'),
    months: z.int().nullable().describe('For how long, as Stripe counts it; null for the first bill only'),
    endsAtMs: z.int(),
  })
  .describe('The first bills are lower; the regular price follows')

/** What is paid before the regular price. */
export const introSchema = z.union([discountSchema, trialSchema])

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
  intro: introSchema.nullable(),
  gift: z
    .object({ price: moneySchema, months: z.int() })
    .nullable()
    .default(null)
    .describe('Paid once, for somebody else to redeem; `regular` and `intro` are then not charged'),
  promotionCodes: z.boolean().default(false).describe('Whether Checkout asks for a promotion code'),
  tax: z.enum(['none', 'inclusive', 'exclusive']).default('none').describe('How the prices stand to tax'),
  language: z.string().default('en-US').describe('BCP 47: of the words agreed to, and of all that follow'),
  winsBack: z
    .string()
    .nullable()
    .default(null)
    .describe('The subscription that goes on by this attempt, of a reader who had cancelled it'),
  visit: z
    .object({
      section: z.string().nullable().describe('Of the article at whose wall it was; null elsewhere'),
      device: deviceSchema.nullable(),
      country: z.string().nullable().describe('ISO 3166-1 alpha-2'),
    })
    .default({ section: null, device: null, country: null })
    .describe('What is known of the visit in which it was begun, for reports'),
  returnTo: z.string().describe('Where on the site the reader wanted to read: an absolute address'),
  expiresAtMs: z.int(),
  status: attemptStatusSchema,
  session: z.string().nullable().describe('Stripe’s Checkout session, once it is open'),
  refused: attemptRefusalSchema.nullable().default(null).describe('Why it was paid for and given back'),
})

export type Attempt = z.infer<typeof attemptSchema>
export type AttemptStatus = Attempt['status']
export type AttemptRefusal = z.infer<typeof attemptRefusalSchema>
