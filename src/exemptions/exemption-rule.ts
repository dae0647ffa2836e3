import { z } from 'zod'
import { windowSchema } from '../metering/window.ts'
import { idSchema, siteReferenceSchema } from '../publishing/id.ts'
import { networkSchema } from './network.ts'

const named = { id: idSchema, site: siteReferenceSchema }

const networksSchema = z.array(networkSchema).min(1).max(10_000)

/** How many articles a claim that anyone can make opens for one reader, before the meters count as ever. */
const allowanceSchema = z
  .strictObject({
    articles: z.int().min(1).max(1000).describe('Distinct articles a reader may open this way in a window'),
    window: windowSchema,
  })
  .describe('A small allowance of its own (spec rule 8)')

/** The end of a host name, so that `example.com` also means `www.example.com`. */
export const hostSchema = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host such as example.com, in lower case')

const exemptionSchemas = {
  network: z.strictObject({ kind: z.literal('network'), ...named, networks: networksSchema }),
  referrer: z.strictObject({
    kind: z.literal('referrer'),
    ...named,
    hosts: z.array(hostSchema).min(1).describe('Readers who come from pages of these hosts'),
    allowance: allowanceSchema,
  }),
  campaign: z.strictObject({
    kind: z.literal('campaign'),
    ...named,
    tokens: z.array(z.string().min(1).max(200)).min(1).describe('What a campaign’s links carry'),
    allowance: allowanceSchema,
  }),
  crawler: z.strictObject({
    kind: z.literal('crawler'),
    ...named,
    userAgent: z.string().min(3).describe('A part of the user agent by which the crawler calls itself'),
    hosts: z
      .array(hostSchema)
      .min(1)
      .optional()
      .describe('Where its addresses’ names must end, checked both ways in the DNS'),
    networks: networksSchema.optional().describe('The ranges its operator publishes'),
  }),
  staff: z.strictObject({ kind: z.literal('staff'), ...named, networks: networksSchema }),
  blocked: z.strictObject({ kind: z.literal('blocked'), ...named, networks: networksSchema }),
}

/** Who is not counted, or not answered at all (spec rules 8 and 10). */
export const exemptionSchema = z
  .discriminatedUnion('kind', [
    exemptionSchemas.network.describe('A library or a university: its readers are not counted'),
    exemptionSchemas.referrer.describe('Readers who come from a search engine or a social network'),
    exemptionSchemas.campaign.describe('Readers who come by a link of a campaign'),
    exemptionSchemas.crawler.describe('A crawler that is what it says'),
    exemptionSchemas.staff.describe('The publisher’s own offices, for previews'),
    exemptionSchemas.blocked.describe('Networks that are refused an answer'),
  ])
  .refine(
    (rule) => rule.kind !== 'crawler' || rule.hosts !== undefined || rule.networks !== undefined,
    'hosts or networks, or both: a user agent alone proves nothing',
  )
  .describe('An exemption')

export type ExemptionRule = z.infer<typeof exemptionSchema>
export type CrawlerRule = Extract<ExemptionRule, { kind: 'crawler' }>
