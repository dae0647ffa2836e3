import { z } from 'zod'
import { hostSchema } from '../exemptions/exemption-rule.ts'
import { idSchema, siteReferenceSchema } from '../publishing/id.ts'
import { instantSchema } from '../publishing/instant.ts'
import { audienceSchema } from './audience.ts'
import { copySchema } from './copy.ts'
import { countrySchema } from './country.ts'
import { deviceSchema } from './device.ts'
import { introSchema } from './intro.ts'
import { isLanguage } from './languages.ts'
import { amountSchema } from './money.ts'

const giftSchema = z
  .strictObject({
    amount: amountSchema.describe('Minor units of the plan’s currency, paid once'),
    months: z
      .int('a whole number of months')
      .min(1, 'at least 1 month')
      .max(60, 'at most 60 months')
      .describe('Calendar months that the plan can be read for, from when the gift is redeemed'),
  })
  .describe('Sold as a gift: paid once, redeemed by somebody else, never renewed')

/** What is proposed to a reader: a plan, and perhaps an intro before its regular price. */
export const offerSchema = z
  .strictObject({
    id: idSchema,
    site: siteReferenceSchema,
    plan: idSchema.describe('The plan it sells'),
    headline: copySchema(80).describe('First line of the wall; no words about price or time'),
    button: copySchema(30).describe('Words on the button; no words about price or time'),
    translations: z
      .record(
        z.string().refine(isLanguage, 'a BCP 47 language tag such as de-DE'),
        z.strictObject({ headline: copySchema(80), button: copySchema(30) }),
      )
      .optional()
      .describe('Headline and button in each further language of the site'),
    intro: introSchema
      .optional()
      .describe('What is paid before the regular price; regular price at once if left out'),
    gift: giftSchema.optional(),
    promotionCodes: z
      .boolean()
      .default(false)
      .describe('Whether readers may enter a promotion code of your Stripe account when paying'),
    audience: z
      .array(audienceSchema)
      .min(1, 'at least one kind of readers')
      .optional()
      .describe('Readers of any of these kinds; all who have no subscription if left out'),
    countries: z
      .array(countrySchema)
      .min(1, 'at least one country')
      .optional()
      .describe('Where readers may buy it; everywhere if left out'),
    sections: z
      .array(z.string().min(1).max(100))
      .min(1, 'at least one section')
      .optional()
      .describe('Sections whose articles show it; all if left out'),
    devices: z
      .array(deviceSchema)
      .min(1, 'at least one kind of device')
      .optional()
      .describe('Devices on which it is shown; all if left out'),
    referrers: z
      .array(hostSchema)
      .min(1, 'at least one host')
      .optional()
      .describe('Hosts of the pages from which readers come who are shown it, each with all hosts below it'),
    redemptions: z
      .int('a whole number of purchases')
      .min(1, 'at least 1 purchase')
      .max(100_000_000, 'at most 100,000,000 purchases')
      .optional()
      .describe('How many may be sold in all; without end if left out'),
    oncePerReader: z.boolean().default(false).describe('Whether a reader may buy it once only'),
    startsAt: instantSchema.optional().describe('First instant at which it runs; always has if left out'),
    endsAt: instantSchema
      .optional()
      .describe('First instant at which it no longer runs; never ends if left out'),
    priority: z
      .int('a whole number')
      .min(-1000, 'at least -1000')
      .max(1000, 'at most 1000')
      .default(0)
      .describe('Of the offers that a reader may have, the highest is proposed'),
  })
  .describe('An offer')

/** In a loaded configuration `startsAt` and `endsAt` are absolute: ISO 8601 in UTC. */
export type Offer = z.infer<typeof offerSchema>
