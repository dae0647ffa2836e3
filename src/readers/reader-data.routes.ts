import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { allowOrigin } from '../http/cors.ts'
import { Problem, sendProblem, wrongField } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import { siteOf } from '../paywall/access-request.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import type { AskingReader } from './asking-reader.ts'
import { type IdentifyCaller, mayCallFrom, readerAt, readerCookie } from './caller.ts'
import type { HeldReader, Holding } from './holdings.ts'
import { publishersReaderId, readerKey } from './reader-key.ts'

export type ReaderDataParts = {
  rules: () => Rules
  identify: IdentifyCaller
  holdings: readonly Holding[]
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

const exportSchema = z
  .object({
    site: z.string(),
    exportedAt: z.iso.datetime({ offset: true }),
    readers: z
      .array(z.looseObject({ reader: z.string() }))
      .describe('The account, where there is one, and the browser: what each part of the service keeps'),
  })
  .describe('Everything held about a reader')

const query = z.object({
  site: z.string().optional().describe('May be left out where there is one'),
  reader: z.string().optional().describe('Only with a site key: the publisher’s own id of the reader meant'),
})

/** Everything that is held about a reader: theirs to have, and to have deleted. */
export function readerDataRoutes(parts: ReaderDataParts): Route[] {
  const shared = { callers: ['reader', 'server'], query } as const
  const problems = [
    'invalid_request',
    'unauthorized',
    'site_key_required',
    'origin_not_allowed',
    'unknown_site',
    'store_unavailable',
  ] as const
  return [
    {
      ...shared,
      method: 'get',
      path: '/v1/reader/export',
      summary: 'Everything held about this reader',
      description: 'Articles are not held, only fingerprints of their ids; so they are told as times.',
      answers: { 200: { description: 'As a file to keep', body: exportSchema } },
      problems,
      handle: (request, response) => exportReader(parts, request, response),
    },
    {
      ...shared,
      method: 'delete',
      path: '/v1/reader',
      summary: 'Delete everything held about this reader',
      description:
        'A subscription ends at once, sessions end, Stripe is told to delete its customer. What the reader agreed to when buying is kept, as the law asks, without whose it was. May be repeated; after a problem it must be.',
      answers: { 204: { description: 'Deleted' } },
      problems: [...problems, 'payments_unavailable'],
      handle: (request, response) => forgetReader(parts, request, response),
    },
  ]
}

async function exportReader(
  parts: ReaderDataParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const about = await readersMeant(parts, request, response)
  if (about instanceof Problem) return sendProblem(response, about)
  const { site, readers, now } = about
  const told = await Promise.all(readers.map((reader) => tell(parts.holdings, { reader, site, now })))
  response.setHeader('Content-Disposition', 'attachment; filename="newsrack-export.json"')
  sendJson(response, 200, {
    site: site.site.id,
    exportedAt: site.writeInstant(now),
    readers: told,
  } satisfies z.input<typeof exportSchema>)
}

async function tell(holdings: readonly Holding[], about: HeldReader) {
  const held = await Promise.all(holdings.map(async ({ name, held }) => [name, await held(about)] as const))
  return { reader: about.reader, ...Object.fromEntries(held) }
}

async function forgetReader(
  parts: ReaderDataParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const about = await readersMeant(parts, request, response)
  if (about instanceof Problem) return sendProblem(response, about)
  await forgetReaders(parts.holdings, about)
  if (about.isBrowser) response.setHeader('Set-Cookie', noCookie(parts))
  response.writeHead(204, { 'Cache-Control': 'no-store' })
  response.end()
}

/** The browser first: once the account's sessions are gone nobody could ask again. */
async function forgetReaders(
  holdings: readonly Holding[],
  { readers, ...at }: { readers: readonly string[]; site: SiteRules; now: number },
): Promise<void> {
  for (const reader of readers.toReversed()) {
    for (const holding of holdings) await holding.forget({ reader, ...at })
  }
}

/** For the account page: all that is held about who asks is deleted, and their browser forgets who it was. */
export function createDeleteReader({
  holdings,
  secureCookies,
  now,
}: Pick<ReaderDataParts, 'holdings' | 'secureCookies' | 'now'>) {
  return async ({ caller, reader, site }: AskingReader, response: ServerResponse): Promise<void> => {
    const readers = bothReaders(reader, readerKey(site.site.id, caller.identity.browser))
    await forgetReaders(holdings, { readers, site, now: now() })
    response.setHeader('Set-Cookie', noCookie({ secureCookies }))
  }
}

/** A reader who is signed in is two: the account, and the browser that was anonymous before. */
function bothReaders(account: string, browser: string): string[] {
  return [...new Set([account, browser])]
}

function noCookie({ secureCookies }: Pick<ReaderDataParts, 'secureCookies'>): string {
  return `${readerCookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secureCookies ? '; Secure' : ''}`
}

type ReadersMeant = { site: SiteRules; readers: string[]; now: number; isBrowser: boolean }

async function readersMeant(
  parts: ReaderDataParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<ReadersMeant | Problem> {
  const rules = parts.rules()
  const now = Math.floor(parts.now() / 1000) * 1000
  allowOrigin(request, response, rules.origins)
  const caller = await parts.identify(request, now)
  if (caller instanceof Problem) return caller
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const site = siteOf(rules, caller, searchParams.get('site') ?? undefined)
  if (site instanceof Problem) return site
  const refusal = mayCallFrom(caller, request.headers.origin, site.origins)
  if (refusal !== null) return refusal
  const named = searchParams.get('reader')
  if (caller.kind === 'server') {
    if (named === null || named === '')
      return wrongField('reader', 'the reader meant, as the caller is a server')
    return { site, readers: [readerKey(site.site.id, publishersReaderId(named))], now, isBrowser: false }
  }
  if (named !== null)
    return new Problem('site_key_required', 'reader: only a caller with a site key may name the reader.')
  const account = readerAt(caller, site.site.id).key
  const browser = readerKey(site.site.id, caller.identity.browser)
  return { site, readers: bothReaders(account, browser), now, isBrowser: true }
}
