import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { invalidRequest } from '../http/body.ts'
import { Problem } from '../http/problem.ts'
import { type AccessRequest, accessRequestSchema } from '../paywall/access-request.ts'
import { articleSchema } from '../paywall/article.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import { idSchema } from '../publishing/id.ts'
import { ampOrigins } from './amp-origins.ts'

const readerIdSchema = z
  .string()
  .min(16)
  .max(256)
  .refine((id) => !id.includes('READER_ID'))
const expectedReaderId = 'rid=READER_ID, which AMP fills in with the reader’s id'

/** The query of an AMP page's requests, as the publisher writes it into the page. */
export const ampQuerySchema = z.strictObject({
  rid: z
    .string(expectedReaderId)
    .refine((id) => readerIdSchema.safeParse(id).success, expectedReaderId)
    .describe('`READER_ID`: AMP’s own id of the reader at this publisher'),
  site: idSchema.optional().describe('May be left out where there is one'),
  article: articleSchema.shape.id,
  section: articleSchema.shape.section,
  tags: z.string().max(5100).optional().describe('Separated by commas'),
  class: articleSchema.shape.class,
  url: articleSchema.shape.url.describe('`SOURCE_URL`'),
  ref: accessRequestSchema.shape.referrer.describe('`DOCUMENT_REFERRER`'),
  gift: accessRequestSchema.shape.gift,
  campaign: accessRequestSchema.shape.campaign,
  _: z.string().optional().describe('`RANDOM`'),
  __amp_source_origin: z.string().optional().describe('Added by AMP'),
  crypt: z.string().optional().describe('Added by AMP where a page has encrypted sections; not looked at'),
})

/** What an AMP page asks, of which site and for whom. */
export type AmpQuestion = { site: SiteRules; readerId: string; body: AccessRequest }

/** Reads the query, and makes sure that the page which asks is the publisher's or a cache's copy of it. */
export function ampQuestionOf(request: IncomingMessage, rules: Rules): AmpQuestion | Problem {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const parsed = ampQuerySchema.safeParse(Object.fromEntries(searchParams))
  if (!parsed.success) return invalidRequest(parsed.error)
  const { rid, site: named, article: id, section, tags, url, ref, gift, campaign, ...rest } = parsed.data
  const site = ampSiteOf(rules, named)
  if (site instanceof Problem) return site
  const refusal = refuseOtherPages(request, site, rest.__amp_source_origin)
  if (refusal !== null) return refusal
  const article = { id, section, tags: tags?.split(',').map((tag) => tag.trim()), class: rest.class, url }
  const body = accessRequestSchema.safeParse({ site: site.site.id, article, referrer: ref, gift, campaign })
  return body.success ? { site, readerId: rid, body: body.data } : invalidRequest(body.error)
}

/** The site of a request for AMP pages, if it has any. */
export function ampSiteOf(rules: Rules, named: string | undefined): SiteRules | Problem {
  const site = named === undefined ? rules.onlySite : rules.sites.get(named)
  if (!site)
    return new Problem(
      'unknown_site',
      named === undefined ? 'Name the site.' : `There is no site ${JSON.stringify(named)}.`,
    )
  return site.site.amp ? site : new Problem('amp_unavailable', `${site.site.name} has no AMP pages.`)
}

const known = new WeakMap<SiteRules, ReadonlySet<string>>()

/** Every origin whose AMP pages may ask for the site. */
export function ampOriginsOf(site: SiteRules): ReadonlySet<string> {
  const origins = known.get(site) ?? ampOrigins(site.origins)
  known.set(site, origins)
  return origins
}

/**
 * "CORS requests in AMP": the origin is the publisher's or its caches', or, where a browser sends none, AMP has said that
 * the page is of our own origin, by a header that no other page can send.
 */
function refuseOtherPages(
  { headers }: IncomingMessage,
  site: SiteRules,
  sourceOrigin: string | undefined,
): Problem | null {
  const { origin } = headers
  const isOwn = origin === undefined ? headers['amp-same-origin'] === 'true' : ampOriginsOf(site).has(origin)
  if (isOwn && (sourceOrigin === undefined || site.origins.has(sourceOrigin))) return null
  return new Problem(
    'origin_not_allowed',
    `${sourceOrigin ?? origin ?? 'This page'} is not an AMP page of this site.`,
  )
}
