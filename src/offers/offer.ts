import { z } from 'zod'
import { idSchema, siteReferenceSchema } from '../publishing/id.ts'
import { instantSchema } from '../publishing/instant.ts'
import { amountSchema } from './money.ts'

/** Words people write. What they say about price and time would not follow the numbers, so they may not say it. */
const copySchema = (longest: number) =>
  z
    .string('some words')
    .trim()
    .min(1, 'some words')
    .max(longest, `at most ${longest} characters`)
    .regex(
      /^[^\p{N}\p{Sc}%‰％\p{Cc}]*$/u,
      'words without digits, currency signs or % (the words about price and time are generated)',
    )

const inAllSchema = z.strictObject({
  kind: z.literal('in_all').describe('One amount for the whole intro'),
  amount: amountSchema
    .min(1, 'an amount above 0')
    .describe('Minor units of the plan’s currency, for all the months together'),
  months: z
    .int('a whole number of months')
    .min(1, 'at least 1 month')
    .max(24, 'at most 24 months')
    .describe('Calendar months in the site’s time zone'),
  belowMinimum: z
    .enum(['defer', 'waive', 'forbid'])
    .default('forbid')
    .describe(
      'If the amount is less than Stripe charges: defer adds it to the first regular bill, waive makes the intro free, forbid does not accept the offer',
    ),
})

/** What is proposed to a reader: a plan, and perhaps an intro before its regular price. */
export const offerSchema = z
  .strictObject({
    id: idSchema,
    site: siteReferenceSchema,
    plan: idSchema.describe('The plan it sells'),
    headline: copySchema(80).describe('First line of the wall; no words about price or time'),
    button: copySchema(30).describe('Words on the button; no words about price or time'),
    intro: z
      .discriminatedUnion('kind', [inAllSchema])
      .optional()
      .describe('What is paid before the regular price; regular price at once if left out'),
    startsAt: instantSchema.optional().describe('First instant at which it runs; always has if left out'),
    endsAt: instantSchema
      .optional()
      .describe('First instant at which it no longer runs; never ends if left out'),
    priority: z
      .int('a whole number')
      .min(-1000, 'at least -1000')
      .max(1000, 'at most 1000')
      .default(0)
      .describe('Of the offers that run, the highest is proposed'),
  })
  .describe('An offer')

/** In a loaded configuration `startsAt` and `endsAt` are absolute: ISO 8601 in UTC. */
export type Offer = z.infer<typeof offerSchema>
export type Intro = NonNullable<Offer['intro']>
