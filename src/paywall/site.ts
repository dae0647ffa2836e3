import { z } from 'zod'
import { isLanguage, isSpoken, spokenLanguages } from '../offers/languages.ts'
import { taxSchema } from '../offers/tax.ts'
import { idSchema } from '../publishing/id.ts'
import { publisherSignInSchema } from '../readers/publisher-sign-in.ts'
import { weekdays } from '../time.ts'

/** One publication. Every rule, key and report belongs to a site. */
export const siteSchema = z
  .strictObject({
    id: idSchema,
    name: z.string().min(1).max(80).describe('The publication as readers know it'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'an IANA time zone such as America/New_York')
      .describe('Calendar windows and the dates in words are of this zone'),
    language: z
      .string()
      .refine(isLanguage, 'a BCP 47 language tag such as en-US')
      .default('en-US')
      .describe('Language of the generated words'),
    languages: z
      .array(
        z
          .string()
          .refine(
            isSpoken,
            `a language that has words of its own (${spokenLanguages.join(', ')}), such as de-DE`,
          ),
      )
      .max(20)
      .default([])
      .describe('Further languages that readers are told offers in, if they or their page ask for one'),
    tax: taxSchema.default('none').describe('How prices stand to tax, where a plan does not say otherwise'),
    weekStartsOn: z.enum(weekdays).default('monday').describe('First day of a week window'),
    url: z
      .url({ protocol: /^https?$/, error: 'an http or https address' })
      .optional()
      .describe(
        'Where the articles live; readers return here after buying. The service’s own address if left out',
      ),
    origins: z
      .array(z.string().refine(isOrigin, 'an origin such as https://www.example.com, without a path'))
      .default([])
      .describe('Further origins whose pages may call the API with the reader’s cookie'),
    whenStoreUnavailable: z
      .enum(['open', 'closed'])
      .default('open')
      .describe('What readers meet when the store cannot be asked in time (spec rule 12)'),
    gifts: z
      .strictObject({
        aMonth: z.int().min(1).max(1000).describe('How many links a subscriber may make in a calendar month'),
        readers: z.int().min(1).max(100_000).describe('How many readers may open one link'),
        days: z.int().min(1).max(365).describe('How long a link works, in days of 24 hours'),
      })
      .optional()
      .describe('Subscribers may give articles away by link; they may not if left out'),
    publisherSignIn: publisherSignInSchema.optional(),
    newReadersADay: z
      .strictObject({
        ofOneNetwork: z
          .int()
          .min(1)
          .max(1_000_000)
          .describe('New readers a day of one IPv4 /24 or IPv6 /56 who get their free articles'),
      })
      .optional()
      .describe(
        'Against cleared cookies and private windows: nothing is free for further ones until they sign in or the window ends. All get theirs if left out',
      ),
    grants: z
      .strictObject({
        minutes: z.int().min(1).max(60).default(5).describe('How long a grant opens the text'),
      })
      .optional()
      .describe('The site’s pages hold only the lead; opened articles carry a signed grant for the rest'),
    amp: z.boolean().default(false).describe('Whether its AMP pages, also those in the caches, may ask'),
    pastDueGraceDays: z
      .int()
      .min(0)
      .max(60)
      .default(14)
      .describe('Days a reader whose card failed keeps reading'),
    whenRefunded: z
      .enum(['revoke', 'keep'])
      .default('revoke')
      .describe(
        'The latest payment, or a gift, has been refunded in full: revoke ends the subscription and the access at once, keep changes nothing',
      ),
    whenDisputed: z
      .enum(['pause', 'keep'])
      .default('pause')
      .describe('A payment is disputed: pause takes the access away until that is decided'),
    whenDisputeLost: z
      .enum(['revoke', 'keep'])
      .default('revoke')
      .describe('A dispute was lost: revoke ends the subscription and the access at once'),
    withdrawalDays: z
      .int()
      .min(0)
      .max(60)
      .default(0)
      .describe(
        'Days in which readers may withdraw from the contract and get back what is not used; 14 in the EU',
      ),
  })
  .refine(({ language, languages }) => new Set([language, ...languages]).size === languages.length + 1, {
    path: ['languages'],
    error: 'each language once, and not the usual one again',
  })
  .describe('A publication')

export type Site = z.infer<typeof siteSchema>

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
