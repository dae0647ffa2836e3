import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { readJson } from '../http/body.ts'
import { Problem, sendProblem, wrongField } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import type { Caller, IdentifyCaller } from '../readers/caller.ts'
import { readerKey } from '../readers/reader-key.ts'
import { accessRequestSchema, namedReaderSchema } from './access-request.ts'
import { answerOf, answerSchema } from './answer.ts'
import { type Asked, askedOf, visitOf } from './ask.ts'
import { explain, explanationSchema } from './explanation.ts'
import { offerVisitOf } from './offer-visit.ts'
import { type ProposalParts, proposeOffer } from './propose-offer.ts'
import type { Rules } from './rules.ts'
import { type DecisionParts, takeDecision } from './take-decision.ts'

export type ExplainRoutesParts = DecisionParts &
  ProposalParts & {
    rules: () => Rules
    identify: IdentifyCaller
    /** Whether somebody may ask as one of the console's people; a Problem says why not. */
    mayAskAsPerson: (request: RoutedRequest) => Promise<true | Problem>
    /** Epoch milliseconds. */
    now: () => number
  }

const ownReaderSchema = z
  .strictObject({
    newsrackId: z
      .string()
      .regex(/^[\w-]{16}$/, 'the id that GET /v1/reader tells')
      .describe('A reader of ours, as GET /v1/reader names them'),
    registered: z.boolean().default(false),
  })
  .describe('A reader with one of our tokens')

const explainRequestSchema = accessRequestSchema.extend({
  reader: z.union([namedReaderSchema, ownReaderSchema], 'an id of yours, or a newsrackId'),
})

const explainedSchema = answerSchema.extend({ why: explanationSchema })

/** "Why did this reader see this?" Nothing is counted by asking. */
export function explainRoutes(parts: ExplainRoutesParts): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/console/explain',
      summary: 'Why would this reader meet this answer?',
      description:
        'The decision as it would be taken, with the rules that were asked, what each saw, and the offers.',
      callers: ['server', 'person', 'script'],
      body: explainRequestSchema,
      answers: { 200: { description: 'The decision and why', body: explainedSchema } },
      problems: [
        'invalid_request',
        'invalid_json',
        'unsupported_media_type',
        'body_too_large',
        'unauthorized',
        'sign_in_required',
        'origin_not_allowed',
        'import_not_allowed',
        'network_blocked',
        'unknown_site',
      ],
      handle: (request, response) => explainDecision(parts, request, response),
    },
  ]
}

async function explainDecision(
  parts: ExplainRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const now = Math.floor(parts.now() / 1000) * 1000
  const rules = parts.rules()
  const server = await askingServer(parts, request, now)
  if (server instanceof Problem) return sendProblem(response, server)
  const read = await readJson(request, explainRequestSchema)
  if (read instanceof Problem) return sendProblem(response, read)
  const caller = server ?? asServerOf(rules, read.site)
  if (caller instanceof Problem) return sendProblem(response, caller)
  const { reader, ...rest } = read
  const named =
    'id' in reader ? reader : { id: reader.newsrackId, registered: reader.registered, staff: false }
  const body = { ...rest, reader: named }
  const asked = askedOf({ rules, caller, body, request, now })
  if (asked instanceof Problem) return sendProblem(response, asked)

  const about: Asked =
    'id' in reader ? asked : asAsked(asked, readerKey(asked.site.site.id, reader.newsrackId))
  const taken = await takeDecision(parts, {
    asked: about,
    visit: visitOf({ caller, body, request }, seenAsSaid),
    count: false,
  })
  if (taken instanceof Problem) return sendProblem(response, taken)
  const lookAtVisit = () => offerVisitOf({ caller, body, request }, seenAsSaid)
  const proposal = await proposeOffer(parts, taken, { reader: about.reader, lookAtVisit })
  const { decision } = taken
  const answer = answerOf({ decision, offer: decision.proposes ? proposal.offer : null }, about)
  sendJson(response, 200, { ...answer, why: explain(taken, proposal) })
}

/** A publisher's server with its key; null for one of the console's people, who may ask about every site. */
async function askingServer(
  parts: ExplainRoutesParts,
  request: RoutedRequest,
  now: number,
): Promise<Server | null | Problem> {
  const caller = parts.identify(request, now)
  if (!(caller instanceof Problem) && caller.kind === 'server') return caller
  const allowed = await parts.mayAskAsPerson(request)
  return allowed === true ? null : allowed
}

type Server = Extract<Caller, { kind: 'server' }>

function asServerOf(rules: Rules, named: string | undefined): Server | Problem {
  const site = named ?? rules.onlySite?.site.id
  if (site === undefined) return wrongField('site', 'one of several sites to be named')
  return { kind: 'server', siteKey: { site, mayImport: true } }
}

/** A server says itself whose address it means, and whether it means one of its staff. */
const seenAsSaid = { addressOf: () => null, countryOf: () => null, isPreview: () => false }

function asAsked(asked: Asked, reader: string): Asked {
  return { ...asked, reader, site: asked.site.assigned(reader) }
}
