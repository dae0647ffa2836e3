import { z } from 'zod'
import { amountSchema } from './money.ts'
import { everySchema } from './plan.ts'

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

const forSchema = z
  .union(
    [z.literal('once'), everySchema],
    'once (the first bill) or a time such as { months: 3 } that holds whole billing periods of the plan',
  )
  .describe('How long: once is the first bill, a time holds whole billing periods of the plan')

const eachPeriodSchema = z.strictObject({
  kind: z.literal('each_period').describe('A lower amount on each of the first bills'),
  amount: amountSchema.describe('Minor units of the plan’s currency, for one billing period'),
  for: forSchema,
})

const percentOffSchema = z.strictObject({
  kind: z.literal('percent_off').describe('A part of the regular price off each of the first bills'),
  percent: z
    .int('a whole number of percent')
    .min(1, 'at least 1 percent')
    .max(99, 'at most 99 percent; give all of it away with kind: free')
    .describe('Of the regular price'),
  for: forSchema,
})

const freeSchema = z.strictObject({
  kind: z.literal('free').describe('Nothing for the first days'),
  days: z
    .int('a whole number of days')
    .min(3, 'at least 3 days, for Stripe wants a trial to end more than 48 hours ahead')
    .max(730, 'at most 730 days, the longest trial Stripe has')
    .describe('Calendar days in the site’s time zone'),
})

/** What is paid before the regular price. */
export const introSchema = z.discriminatedUnion('kind', [
  inAllSchema,
  eachPeriodSchema,
  percentOffSchema,
  freeSchema,
])

export type Intro = z.infer<typeof introSchema>
/** An intro that lowers the first bills. It is sold with a coupon. */
export type DiscountIntro = Extract<Intro, { kind: 'each_period' | 'percent_off' }>
