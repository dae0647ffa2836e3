import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { readJson } from '../http/body.ts'
import { allowOrigin } from '../http/cors.ts'
import { Problem, sendProblem, wrongField } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import { siteOf } from '../paywall/access-request.ts'
import { articleSchema } from '../paywall/article.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import { idSchema } from '../publishing/id.ts'
import { askingReader } from '../readers/asking-reader.ts'
import { type IdentifyCaller, mayCallFrom, readerAt } from '../readers/caller.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import { monthOf } from '../time.ts'
import type { GiftStore } from './gift-store.ts'
import type { GiftTokens } from './gift-token.ts'

export type GiftRoutesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  gifts: GiftStore
  giftTokens: GiftTokens
  subscriptions: SubscriptionStore
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

const giftSchema = z.strictObject({
  site: idSchema.optional().describe('May be left out where there is one'),
  article: z
    .strictObject({
      id: articleSchema.shape.id,
      url: z.string().max(2048).describe('Where the article is: an address or a path of the site'),
    })
    .describe('The article to give away'),
})

const madeGiftSchema = z.object({
  gift: z.string().describe('Names the gift, to revoke it'),
  url: z.url().describe('The article’s address with the token in it, as `gift`'),
  token: z.string().describe('To be sent as `gift` with the question whether the article opens'),
  expiresAt: z.iso.datetime({ offset: true }),
  left: z.int().describe('How many more the reader may make in this calendar month of the site'),
})

/** Subscribers give articles away by link, and take a link back. */
export function giftRoutes(parts: GiftRoutesParts): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/gifts',
      summary: 'This subscriber gives this article away',
      description:
        'Every call makes a new link, which opens one article to so many readers as the site allows.',
      callers: ['reader'],
      body: giftSchema,
      answers: { 201: { description: 'The link', body: madeGiftSchema } },
      problems: [
        'invalid_request',
        'invalid_json',
        'unsupported_media_type',
        'body_too_large',
        'unauthorized',
        'origin_not_allowed',
        'unknown_site',
        'gifts_unavailable',
        'not_subscribed',
        'no_gifts_left',
        'store_unavailable',
      ],
      handle: (request, response) => give(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/gifts/:gift/revoke',
      summary: 'A link of this reader’s opens nothing any more',
      description: 'For everyone, also for those who have opened it. It is not given back. May be repeated.',
      callers: ['reader'],
      query: z.object({ site: z.string().optional().describe('May be left out where there is one') }),
      answers: { 204: { description: 'Revoked' } },
      problems: [
        'invalid_request',
        'unauthorized',
        'origin_not_allowed',
        'unknown_site',
        'not_found',
        'store_unavailable',
      ],
      handle: (request, response) => revoke(parts, request, response),
    },
  ]
}

async function give(parts: GiftRoutesParts, request: RoutedRequest, response: ServerResponse): Promise<void> {
  const rules = parts.rules()
  const now = Math.floor(parts.now() / 1000) * 1000
  allowOrigin(request, response, rules.origins)
  const caller = await parts.identify(request, now)
  if (caller instanceof Problem) return sendProblem(response, caller)
  const body = await readJson(request, giftSchema)
  if (body instanceof Problem) return sendProblem(response, body)
  if (caller.kind !== 'reader')
    return sendProblem(response, new Problem('unauthorized', 'Only a reader may ask this.'))
  const site = siteOf(rules, caller, body.site)
  if (site instanceof Problem) return sendProblem(response, site)
  const refusal = mayCallFrom(caller, request.headers.origin, site.origins)
  if (refusal !== null) return sendProblem(response, refusal)

  const maker = readerAt(caller, site.site.id).key
  handOutToken(response, caller, { secure: parts.secureCookies })
  const made = await makeGift(parts, { article: body.article, site, maker, now })
  if (!(made instanceof Problem)) return sendJson(response, 201, made)
  if (made.code === 'no_gifts_left') response.setHeader('Retry-After', String(made.more.retryAfter))
  sendProblem(response, made)
}

async function makeGift(
  { gifts, giftTokens, subscriptions }: GiftRoutesParts,
  options: { article: { id: string; url: string }; site: SiteRules; maker: string; now: number },
): Promise<z.infer<typeof madeGiftSchema> | Problem> {
  const { article, site, maker, now } = options
  const terms = site.site.gifts
  if (terms === undefined) return new Problem('gifts_unavailable', `${site.site.name} has no gift links.`)
  const url = addressOf(article.url, site)
  if (url === null) return wrongField('article.url', 'an address or a path of the site')
  const access = await subscriptions.access(maker)
  if (access === null || access.untilMs <= now)
    return new Problem('not_subscribed', 'Only a subscriber may give an article away.')

  const expiresAtMs = now + terms.days * 86_400_000
  const { gift, token } = giftTokens.create({ site: site.site.id, article: article.id, expiresAtMs })
  const month = { ...monthOf(now, site.site.timeZone), limit: terms.aMonth }
  const made = await gifts.makeGift({ gift, maker, now, expiresAtMs, month })
  if (made === null) return noGiftsLeft(site, { now, againAtMs: month.until })
  url.searchParams.set('gift', token)
  return { gift, url: url.href, token, expiresAt: site.writeInstant(expiresAtMs), left: made.left }
}

/** A token belongs into no address but those of the site's own pages. */
function addressOf(text: string, { url, origins }: SiteRules): URL | null {
  const address = URL.parse(text, url.href)
  return address !== null && origins.has(address.origin) ? address : null
}

function noGiftsLeft({ writeInstant }: SiteRules, at: { now: number; againAtMs: number }): Problem {
  const againAt = writeInstant(at.againAtMs)
  return new Problem('no_gifts_left', `No gift is left in this month; the next one begins at ${againAt}.`, {
    more: { resetsAt: againAt, retryAfter: Math.ceil((at.againAtMs - at.now) / 1000) },
  })
}

async function revoke(
  parts: GiftRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const rules = parts.rules()
  allowOrigin(request, response, rules.origins)
  const asking = await askingReader({ rules, identify: parts.identify, request, now: parts.now() })
  if (asking instanceof Problem) return sendProblem(response, asking)
  const revoked = await parts.gifts.revokeGift({
    gift: String(request.params?.gift),
    maker: asking.reader,
  })
  if (!revoked) return sendProblem(response, new Problem('not_found', 'This reader has no such gift.'))
  response.writeHead(204, { 'Cache-Control': 'no-store' })
  response.end()
}
