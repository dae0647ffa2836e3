import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { allowOrigin } from '../http/cors.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import { meterStates } from '../metering/meter-question.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import { meterAnswer, meterAnswerSchema } from '../paywall/answer.ts'
import type { Rules } from '../paywall/rules.ts'
import { subscriptionAnswer, subscriptionAnswerSchema } from '../subscriptions/subscription-answer.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import type { AccountStore } from './account-store.ts'
import { askingReader } from './asking-reader.ts'
import type { IdentifyCaller } from './caller.ts'
import { handOutToken } from './hand-out-token.ts'
import { lateAt } from './newcomers.ts'

export type ReaderRoutesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  meter: MeterStore
  accounts: AccountStore
  subscriptions: SubscriptionStore
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

const readerSchema = z
  .object({
    reader: z.object({
      id: z.string(),
      registered: z.boolean().describe('Whether an account is signed in'),
      email: z.string().nullable().describe('By which address, if by one'),
    }),
    meters: z.array(meterAnswerSchema),
    subscription: subscriptionAnswerSchema.nullable(),
  })
  .describe('What a reader may know of themselves')

/** Who am I, what have I read, what have I bought? */
export function readerRoutes(parts: ReaderRoutesParts): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/reader',
      summary: 'Who I am, my meters, my subscription and its next charge',
      callers: ['reader'],
      query: z.object({ site: z.string().optional().describe('May be left out where there is one') }),
      answers: { 200: { description: 'The reader', body: readerSchema } },
      problems: [
        'invalid_request',
        'unauthorized',
        'origin_not_allowed',
        'unknown_site',
        'store_unavailable',
      ],
      handle: (request, response) => showReader(parts, request, response),
    },
  ]
}

async function showReader(
  parts: ReaderRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const rules = parts.rules()
  const now = parts.now()
  allowOrigin(request, response, rules.origins)
  const asking = await askingReader({ rules, identify: parts.identify, request, now })
  if (asking instanceof Problem) return sendProblem(response, asking)
  const { caller, site, reader, account } = asking

  const [facts, access, known] = await Promise.all([
    parts.meter.readerFacts(reader),
    parts.subscriptions.access(reader),
    account === null ? null : parts.accounts.account(reader),
  ])
  const states = meterStates(site.meters, {
    registered: account !== null,
    lateAt: lateAt(caller.identity, site.site),
    views: facts.views,
    now,
  })
  handOutToken(response, caller, { secure: parts.secureCookies })
  sendJson(response, 200, {
    reader: { id: asking.readerId, registered: account !== null, email: known?.email ?? null },
    meters: states.map((state) => meterAnswer(state, site)),
    subscription: access !== null && access.untilMs > now ? subscriptionAnswer(access, site) : null,
  } satisfies z.input<typeof readerSchema>)
}
