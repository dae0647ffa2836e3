import type { ServerResponse } from 'node:http'
import type { ClientAddress } from '../http/client-address.ts'
import type { ClientCountry } from '../http/client-country.ts'
import { originHeaders } from '../http/cors.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import type { Decided } from '../paywall/access.routes.ts'
import { type Answer, answerOf } from '../paywall/answer.ts'
import { browsersVisit } from '../paywall/offer-visit.ts'
import { type ProposalParts, proposeOffer } from '../paywall/propose-offer.ts'
import type { Rules } from '../paywall/rules.ts'
import { type DecisionParts, takeDecision } from '../paywall/take-decision.ts'
import type { AmpLinkStore, Connected } from './amp-link-store.ts'
import { type AmpQuestion, ampOriginsOf, ampQuerySchema, ampQuestionOf, ampSiteOf } from './amp-question.ts'
import { ampReaderKey } from './amp-reader.ts'
import { entitlementOf, entitlementSchema } from './entitlement.ts'

export type AmpRoutesParts = DecisionParts &
  ProposalParts & {
    rules: () => Rules
    ampLinks: AmpLinkStore
    addressOf: ClientAddress
    countryOf: ClientCountry
    /** Hears of every decision, after it has been answered. */
    onDecided: (decided: Decided) => void
    /** Epoch milliseconds. */
    now: () => number
  }

const problems = [
  'invalid_request',
  'origin_not_allowed',
  'network_blocked',
  'unknown_site',
  'amp_unavailable',
] as const

/** What the components amp-subscriptions and amp-access of a publisher's AMP pages call. The AMP runtime does the calling. */
export function ampRoutes(parts: AmpRoutesParts): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/amp/authorization',
      summary: 'May this AMP reader open this article?',
      description: 'Asks without counting. The authorization endpoint of amp-subscriptions and amp-access.',
      callers: ['anyone'],
      query: ampQuerySchema,
      answers: { 200: { description: 'The entitlement', body: entitlementSchema } },
      problems,
      handle: (request, response) => authorize(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/amp/pingback',
      summary: 'This AMP reader has begun to read this article',
      description:
        'Counts the view. The pingback endpoint of amp-subscriptions and amp-access; the body is not looked at.',
      callers: ['anyone'],
      query: ampQuerySchema,
      answers: { 204: { description: 'Counted, if it counts' } },
      problems,
      handle: (request, response) => pingBack(parts, request, response),
    },
  ]
}

async function authorize(
  parts: AmpRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const decided = await decide(parts, request, { count: false })
  const headers = headersFor(parts, request)
  if (decided instanceof Problem) return sendProblem(response, decided, headers)
  sendJson(response, 200, entitlementOf(decided.answer, decided.isConnected), headers)
}

async function pingBack(
  parts: AmpRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  request.resume()
  const decided = await decide(parts, request, { count: true })
  const headers = headersFor(parts, request)
  if (decided instanceof Problem) return sendProblem(response, decided, headers)
  response.writeHead(204, { 'Cache-Control': 'no-store', ...headers })
  response.end()
}

async function decide(
  parts: AmpRoutesParts,
  request: RoutedRequest,
  { count }: { count: boolean },
): Promise<{ answer: Answer; isConnected: boolean } | Problem> {
  const startedMs = performance.now()
  const now = Math.floor(parts.now() / 1000) * 1000
  const question = ampQuestionOf(request, parts.rules())
  if (question instanceof Problem) return question
  const { site, body } = question
  const { reader, registered, isConnected } = await readerOf(parts, question)
  const visit = {
    referrer: body.referrer ?? null,
    campaign: body.campaign ?? null,
    address: parts.addressOf(request),
    userAgent: request.headers['user-agent'] ?? null,
    staff: false,
  }
  const language = site.languageFor(body.language)
  const asked = { reader, registered, lateAt: null, site: site.assigned(reader), now, language, body }
  const taken = await takeDecision(parts, { asked, visit, count })
  if (taken instanceof Problem) return taken
  const { referrer } = visit
  const lookAtVisit = () => browsersVisit(request, { referrer, countryOf: parts.countryOf })
  const offer = taken.decision.proposes
    ? (await proposeOffer(parts, taken, { reader, lookAtVisit })).offer
    : null
  const answer = answerOf({ decision: taken.decision, offer }, asked)
  const seconds = (performance.now() - startedMs) / 1000
  parts.onDecided({ count, asked, answer, lookAtVisit, seconds })
  return { answer, isConnected }
}

/** Without the store an AMP reader is themselves. */
async function readerOf(
  { ampLinks, onStoreAway }: AmpRoutesParts,
  { site, readerId }: AmpQuestion,
): Promise<Connected & { isConnected: boolean }> {
  const ampReader = ampReaderKey(site.site.id, readerId)
  const connected = await ampLinks.connected(ampReader).catch((error) => {
    onStoreAway(error)
    return null
  })
  return { reader: ampReader, registered: false, ...connected, isConnected: connected !== null }
}

/** A page that may not ask may read why only if it is the site's. */
function headersFor({ rules }: AmpRoutesParts, request: RoutedRequest): Record<string, string> {
  const named = new URL(request.url ?? '/', 'http://localhost').searchParams.get('site') ?? undefined
  const site = ampSiteOf(rules(), named)
  return originHeaders(request, site instanceof Problem ? new Set() : ampOriginsOf(site))
}
