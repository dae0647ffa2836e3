import type { ServerResponse } from 'node:http'
import type { SignGrant } from '../grants/grants.ts'
import { rememberingReader } from '../http/body.ts'
import type { ClientAddress } from '../http/client-address.ts'
import type { ClientCountry } from '../http/client-country.ts'
import { originHeaders } from '../http/cors.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendAsciiJson } from '../http/route.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import { tokenHeaders } from '../readers/hand-out-token.ts'
import { accessRequestSchema } from './access-request.ts'
import { type Answer, answerOf, answerSchema } from './answer.ts'
import { type Asked, askedOf, visitOf } from './ask.ts'
import { offerVisitOf } from './offer-visit.ts'
import { type OfferVisit, type ProposalParts, proposeOffer } from './propose-offer.ts'
import type { Rules } from './rules.ts'
import { type DecisionParts, takeDecision } from './take-decision.ts'
import { writeAnswer } from './write-answer.ts'

export type AccessRoutesParts = DecisionParts &
  ProposalParts & {
    rules: () => Rules
    identify: IdentifyCaller
    secureCookies: boolean
    addressOf: ClientAddress
    countryOf: ClientCountry
    /** Whether a preview token is one of the site’s staff. */
    isStaff: (token: string, site: string, now: number) => boolean
    signGrant: SignGrant
    /** Hears of every decision, after it has been answered. */
    onDecided: (decided: Decided) => void
    /** Epoch milliseconds. */
    now: () => number
  }

/** `seconds` is how long it took, from the request's arrival until the answer was sent. */
export type Decided = {
  count: boolean
  asked: Asked
  answer: Answer
  lookAtVisit: () => OfferVisit
  seconds: number
}

/** The two routes that every article opened calls: `POST /v1/access` asks, `POST /v1/views` asks and counts. */
export function accessRoutes(parts: AccessRoutesParts): Route[] {
  const shared = {
    method: 'post',
    callers: ['reader', 'server'],
    body: accessRequestSchema,
    answers: { 200: { description: 'The decision', body: answerSchema } },
    problems: [
      'invalid_request',
      'invalid_json',
      'unsupported_media_type',
      'body_too_large',
      'unauthorized',
      'site_key_required',
      'import_not_allowed',
      'origin_not_allowed',
      'network_blocked',
      'unknown_site',
    ],
  } as const
  return [
    {
      ...shared,
      path: '/v1/access',
      summary: 'May this reader open this article?',
      description: 'Asks without counting: for prerendering, prefetching and link hovers.',
      handle: (request, response) => answerQuestion(parts, request, response, { count: false }),
    },
    {
      ...shared,
      path: '/v1/views',
      summary: 'This reader opens this article',
      description:
        'Asks, and counts the view if the meter decides and allows it. The same view counts once, however often it is sent.',
      handle: (request, response) => answerQuestion(parts, request, response, { count: true }),
    },
  ]
}

const readRequest = rememberingReader(accessRequestSchema)

async function answerQuestion(
  parts: AccessRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
  { count }: { count: boolean },
): Promise<void> {
  const startedMs = performance.now()
  const rules = parts.rules()
  const now = Math.floor(parts.now() / 1000) * 1000
  const headers = originHeaders(request, rules.origins)
  const refuse = (problem: Problem) => sendProblem(response, problem, headers)

  const caller = parts.identify(request, now)
  if (caller instanceof Problem) return refuse(caller)
  const body = await readRequest(request)
  if (body instanceof Problem) return refuse(body)
  const asked = askedOf({ rules, caller, body, request, now })
  if (asked instanceof Problem) return refuse(asked)
  const isPreview = (token: string) => parts.isStaff(token, asked.site.site.id, now)
  const visit = visitOf({ caller, body, request }, { addressOf: parts.addressOf, isPreview })
  const taken = await takeDecision(parts, { asked, visit, count })
  if (taken instanceof Problem) return refuse(taken)

  const lookAtVisit = () => offerVisitOf({ caller, body, request }, parts)
  const offer = taken.decision.proposes
    ? (await proposeOffer(parts, taken, { reader: asked.reader, lookAtVisit })).offer
    : null
  const decided = answerOf({ decision: taken.decision, offer }, asked)
  const answer = count && decided.granted ? withGrant(parts, asked, decided) : decided
  const token = tokenHeaders(caller, { secure: parts.secureCookies })
  sendAsciiJson(response, writeAnswer(answer), token === null ? headers : { ...headers, ...token })
  const seconds = (performance.now() - startedMs) / 1000
  parts.onDecided({ count, asked, answer, lookAtVisit, seconds })
}

/**
 * Only who counts gets the text: asking is free, and would otherwise open every article. Nor is a past view, which a
 * server imports, one that anybody reads now.
 */
function withGrant(
  { signGrant }: AccessRoutesParts,
  { site: { site }, reader, now, body }: Asked,
  answer: Answer,
): Answer {
  const grant = body.at === undefined ? signGrant({ site, reader, article: body.article, now }) : null
  return grant === null ? answer : { ...answer, grant }
}
