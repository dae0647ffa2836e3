import { z } from 'zod'
import { idSchema } from '../publishing/id.ts'
import { minimumCharge } from './minimum-charge.ts'
import { formatMoney, type Money, moneySchema } from './money.ts'
import { taxSchema } from './tax.ts'

/** A length of time in one unit. The upper ends are three years, the longest Stripe bills for. */
export const everySchema = z.union(
  [
    z.strictObject({ days: z.int().min(1).max(1095) }),
    z.strictObject({ weeks: z.int().min(1).max(156) }),
    z.strictObject({ months: z.int().min(1).max(36) }),
    z.strictObject({ years: z.int().min(1).max(3) }),
  ],
  'one of days, weeks, months or years with a whole number, three years at most, such as { weeks: 4 }',
)

/** What is sold, at its regular price. */
export const planSchema = z
  .strictObject({
    id: idSchema,
    site: idSchema.optional().describe('The only site that sells it; every site does if left out'),
    name: z.string().min(1).max(80).describe('What a receipt calls it'),
    price: moneySchema.superRefine(refuseTooLittle).describe('The regular price of one period'),
    every: everySchema.describe('How often the price is due'),
    tax: taxSchema.optional().describe('How its prices stand to tax; as the site says if left out'),
  })
  .describe('A plan')

export type Plan = z.infer<typeof planSchema>

/** One billing period of a plan: `count` units. */
export type Period = { unit: 'day' | 'week' | 'month' | 'year'; count: number }

export function periodOf({ every }: { every: Plan['every'] }): Period {
  if ('days' in every) return { unit: 'day', count: every.days }
  if ('weeks' in every) return { unit: 'week', count: every.weeks }
  if ('months' in every) return { unit: 'month', count: every.months }
  return { unit: 'year', count: every.years }
}

function refuseTooLittle(price: Money, context: z.RefinementCtx): void {
  const least = minimumCharge(price.currency)
  if (price.amount >= least) return
  context.addIssue({
    code: 'custom',
    path: ['amount'],
    message: `at least ${least} (${formatMoney({ ...price, amount: least }, 'en')}), the least Stripe charges in ${price.currency}`,
  })
}
