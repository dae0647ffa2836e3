import { z } from 'zod'
import { Problem, wrongField } from '../http/problem.ts'
import { idSchema } from '../publishing/id.ts'
import type { Caller } from '../readers/caller.ts'
import { publishersReaderId, readerKey } from '../readers/reader-key.ts'
import { articleSchema } from './article.ts'
import type { Question } from './decision.ts'
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
  })
  .describe('Only with a site key: the reader meant')

/** The body of `POST /v1/access` and `POST /v1/views`. */
export const accessRequestSchema = z.strictObject({
  site: idSchema.optional().describe('May be left out where there is one'),
  article: articleSchema,
  referrer: z.string().max(2048).optional().describe('The page the reader came from'),
  gift: z.string().max(1024).optional().describe('The token of a gift link'),
  campaign: z.string().max(200).optional().describe('The token of a campaign'),
  reader: namedReaderSchema.optional(),
  at: z.iso
    .datetime({ offset: true, error: 'an instant such as 2015-05-17T10:05:03+00:00' })
    .refine((at) => Date.parse(at) >= 0, 'an instant since 1970')
    .optional()
    .describe('Only with a site key that may import: the past instant at which the article was opened'),
})

export type AccessRequest = z.infer<typeof accessRequestSchema>

/** A question and whose it is: the key of `readerKey()`. */
export type ReaderQuestion = { reader: string; question: Question }

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

/** Puts caller and request together: who reads, and when. `now` is in epoch milliseconds, whole seconds. */
export function readerQuestion(options: {
  caller: Caller
  request: AccessRequest
  site: SiteRules
  now: number
}): ReaderQuestion | Problem {
  const { caller, request, site, now } = options
  const reader = readerOf({ caller, site, named: request.reader })
  if (reader instanceof Problem) return reader
  const at = request.at === undefined ? now : importedInstant({ caller, at: request.at, now })
  if (at instanceof Problem) return at
  const registered = request.reader?.registered ?? false
  return { reader, question: { article: request.article, rules: site, registered, now: at } }
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
      ? readerKey(site.site.id, caller.readerId)
      : new Problem('site_key_required', 'reader: only a caller with a site key may name the reader.')
  }
  return named === undefined
    ? wrongField('reader', 'the reader meant, as the caller is a server')
    : readerKey(site.site.id, publishersReaderId(named.id))
}

function importedInstant(options: { caller: Caller; at: string; now: number }): number | Problem {
  const { caller, at, now } = options
  if (caller.kind === 'reader')
    return new Problem('site_key_required', 'at: only a caller with a site key may say when.')
  if (!caller.siteKey.mayImport) return new Problem('import_not_allowed', 'at: this site key may not import.')
  const instant = Math.floor(Date.parse(at) / 1000) * 1000
  return instant <= now ? instant : wrongField('at', 'a past instant')
}
