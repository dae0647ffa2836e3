import { z } from 'zod'
import { Problem, wrongField } from '../http/problem.ts'
import { countrySchema } from '../offers/country.ts'
import { idSchema } from '../publishing/id.ts'
import { type Caller, readerAt } from '../readers/caller.ts'
import { signedInAt } from '../readers/identity.ts'
import { publishersReaderId, readerKey } from '../readers/reader-key.ts'
import { articleSchema } from './article.ts'
import type { Rules, SiteRules } from './rules.ts'

const longestReaderIdBytes = 512

/** The reader whom a publisher's server speaks of. */
export const namedReaderSchema = z
  .strictObject({
    id: z
      .string()
      .min(1, `1 to ${longestReaderIdBytes} bytes`)
      .refine((id) => Buffer.byteLength(id) <= longestReaderIdBytes, `1 to ${longestReaderIdBytes} bytes`)
      .describe('The publisher’s own id of the reader; kept as a hash'),
    registered: z.boolean().default(false).describe('Whether the reader has an account'),
    staff: z.boolean().default(false).describe('Whether one of the publisher’s staff looks at a preview'),
  })
  .describe('Only with a site key: the reader meant')

/** The browser whom a publisher's server speaks for; our own callers are seen as they are. */
export const clientSchema = z
  .strictObject({
    address: z.union([z.ipv4(), z.ipv6()], 'an IPv4 or IPv6 address').optional(),
    userAgent: z.string().max(1024).optional(),
    country: countrySchema.optional(),
  })
  .describe('Only with a site key: the reader’s browser')

/** Whatever a page says its language is; what is not one of the site's is no reason to refuse. */
export const languageSchema = z
  .string()
  .max(100)
  .optional()
  .describe('BCP 47: the language to be told offers in, of those of the site; its usual one otherwise')

export const referrerSchema = z.string().max(2048).describe('The page the reader came from')
export const campaignSchema = z.string().max(200).describe('The token of a campaign')

/** The body of `POST /v1/access` and `POST /v1/views`. */
export const accessRequestSchema = z.strictObject({
  site: idSchema.optional().describe('May be left out where there is one'),
  article: articleSchema,
  referrer: referrerSchema.optional(),
  language: languageSchema,
  gift: z.string().max(1024).optional().describe('The token of a gift link'),
  campaign: campaignSchema.optional(),
  reader: namedReaderSchema.optional(),
  client: clientSchema.optional(),
  at: z.iso
    .datetime({ offset: true, error: 'an instant such as 2015-05-17T10:05:03+00:00' })
    .refine((at) => Date.parse(at) >= 0, 'an instant since 1970')
    .optional()
    .describe('Only with a site key that may import: the past instant at which the article was opened'),
})

export type AccessRequest = z.infer<typeof accessRequestSchema>

/** The site a request is about, if the caller may speak of it. */
export function siteOf(rules: Rules, caller: Caller, named: string | undefined): SiteRules | Problem {
  const id = named ?? (caller.kind === 'server' ? caller.siteKey.site : undefined)
  const site = id === undefined ? rules.onlySite : rules.sites.get(id)
  if (!site) {
    return id === undefined
      ? wrongField('site', 'one of several sites to be named')
      : new Problem('unknown_site', `There is no site ${JSON.stringify(id)}.`)
  }
  if (caller.kind === 'server' && caller.siteKey.site !== site.site.id) {
    return new Problem('unauthorized', 'This site key is of another site.')
  }
  return site
}

/** The key of the reader a call is about: the caller, or whom a publisher's server names. */
export function readerOf(options: {
  caller: Caller
  site: SiteRules
  named: z.output<typeof namedReaderSchema> | undefined
}): string | Problem {
  const { caller, site, named } = options
  if (caller.kind === 'reader') {
    return named === undefined
      ? readerAt(caller, site.site.id).key
      : new Problem('site_key_required', 'reader: only a caller with a site key may name the reader.')
  }
  return named === undefined
    ? wrongField('reader', 'the reader meant, as the caller is a server')
    : readerKey(site.site.id, publishersReaderId(named.id))
}

/** Whether the reader a call is about has an account at the site. */
export function isRegistered({
  caller,
  site,
  named,
}: {
  caller: Caller
  site: SiteRules
  named: z.output<typeof namedReaderSchema> | undefined
}): boolean {
  return caller.kind === 'server'
    ? (named?.registered ?? false)
    : signedInAt(caller.identity, site.site.id) !== null
}

/** What only a publisher's server may say, if a reader's browser says it. */
export function refuseServersWords(
  caller: Caller,
  request: Pick<AccessRequest, 'reader' | 'client' | 'at'>,
): Problem | null {
  if (caller.kind === 'server') return null
  const said = (['reader', 'client', 'at'] as const).find((field) => request[field] !== undefined)
  return said === undefined
    ? null
    : new Problem('site_key_required', `${said}: only a caller with a site key may say this.`)
}

/** The instant that is asked about: now, or the past one that an importing server names. Epoch milliseconds. */
export function instantOf(options: {
  caller: Caller
  at: string | undefined
  now: number
}): number | Problem {
  const { caller, at, now } = options
  if (at === undefined) return now
  if (caller.kind === 'reader' || !caller.siteKey.mayImport) {
    return new Problem('import_not_allowed', 'at: this site key may not import.')
  }
  const instant = Math.floor(Date.parse(at) / 1000) * 1000
  return instant <= now ? instant : wrongField('at', 'a past instant')
}
