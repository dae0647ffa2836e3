import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { readJson } from '../http/body.ts'
import { allowOrigin } from '../http/cors.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import type { MeterStore, ReaderFacts, RecordedView } from '../metering/meter-store.ts'
import { type Caller, type IdentifyCaller, mayCallFrom } from '../readers/caller.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import {
  type AccessRequest,
  accessRequestSchema,
  type ReaderQuestion,
  readerQuestion,
  siteOf,
} from './access-request.ts'
import { answerOf, answerSchema } from './answer.ts'
import { decide, type MeterQuestion, meterQuestion } from './decision.ts'
import type { Rules } from './rules.ts'

export type AccessRoutesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  meter: MeterStore
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
  log: Logger
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

async function answerQuestion(
  parts: AccessRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
  { count }: { count: boolean },
): Promise<void> {
  const rules = parts.rules()
  const now = Math.floor(parts.now() / 1000) * 1000
  allowOrigin(request, response, rules.origins)

  const caller = parts.identify(request, now)
  if (caller instanceof Problem) return sendProblem(response, caller)
  const body = await readJson(request, accessRequestSchema)
  if (body instanceof Problem) return sendProblem(response, body)
  const asked = questionOf({ rules, caller, body, now, origin: request.headers.origin })
  if (asked instanceof Problem) return sendProblem(response, asked)

  const { question } = asked
  const meterAsks = meterQuestion(question)
  const facts = await factsFor(parts, asked, count ? meterAsks : null)
  const decision = decide(question, meterAsks, facts)

  handOutToken(response, caller, { secure: parts.secureCookies })
  const answer = answerOf(decision, question.rules, question.now)
  parts.log.debug({ reader: asked.reader, article: question.article.id, answer }, 'decision')
  sendJson(response, 200, answer)
}

function questionOf(options: {
  rules: Rules
  caller: Caller
  body: AccessRequest
  now: number
  origin: string | undefined
}): ReaderQuestion | Problem {
  const { rules, caller, body, now, origin } = options
  const site = siteOf(rules, caller, body.site)
  if (site instanceof Problem) return site
  const refusal = mayCallFrom(caller, origin, site.origins)
  return refusal ?? readerQuestion({ caller, request: body, site, now })
}

/** One round trip to the store, none for an article that is free to all; null when the store cannot be asked (spec rule 12). */
async function factsFor(
  { meter, log }: AccessRoutesParts,
  { reader, question }: ReaderQuestion,
  toRecord: MeterQuestion | null,
): Promise<ReaderFacts | RecordedView | null> {
  if (question.article.class === 'free') return nothingKnown
  try {
    return toRecord === null ? await meter.readerFacts(reader) : await meter.recordView(reader, toRecord.view)
  } catch (error) {
    log.warn({ error }, 'the store could not be asked for a decision')
    return null
  }
}

const nothingKnown: ReaderFacts = { views: [], access: null }
