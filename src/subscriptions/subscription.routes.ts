import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { allowOrigin } from '../http/cors.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import type { Rules } from '../paywall/rules.ts'
import { askingReader } from '../readers/asking-reader.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import type { OwnSubscription } from './own-subscription.ts'
import { subscriptionAnswer, subscriptionAnswerSchema } from './subscription-answer.ts'

export type SubscriptionRoutesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  ownSubscription: OwnSubscription
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

/** Leaving and coming back. People use the page `/account`. */
export function subscriptionRoutes(parts: SubscriptionRoutesParts): Route[] {
  const shared = {
    method: 'post',
    callers: ['reader'],
    query: z.object({ site: z.string().optional().describe('May be left out where there is one') }),
    answers: {
      200: {
        description: 'The subscription as it is now, as in GET /v1/reader',
        body: z.object({ subscription: subscriptionAnswerSchema }),
      },
    },
    problems: [
      'invalid_request',
      'unauthorized',
      'origin_not_allowed',
      'unknown_site',
      'not_subscribed',
      'payments_unavailable',
      'store_unavailable',
    ],
  } as const
  return [
    {
      ...shared,
      path: '/v1/subscription/cancel',
      summary: 'This reader’s subscription ends with what is paid',
      description: 'In an introductory period that is its end, and nothing more is charged. May be repeated.',
      handle: (request, response) => change(parts, request, response, 'cancel'),
    },
    {
      ...shared,
      path: '/v1/subscription/resume',
      summary: 'This reader’s subscription goes on after all',
      description: 'Undoes the cancelling of a subscription that is still running. May be repeated.',
      handle: (request, response) => change(parts, request, response, 'resume'),
    },
  ]
}

async function change(
  parts: SubscriptionRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
  act: 'cancel' | 'resume',
): Promise<void> {
  const rules = parts.rules()
  allowOrigin(request, response, rules.origins)
  const asking = await askingReader({ rules, identify: parts.identify, request, now: parts.now() })
  if (asking instanceof Problem) return sendProblem(response, asking)
  const access = await parts.ownSubscription[act](asking.reader)
  handOutToken(response, asking.caller, { secure: parts.secureCookies })
  if (access === null) {
    return sendProblem(
      response,
      new Problem('not_subscribed', 'This reader has no subscription that is running.'),
    )
  }
  sendJson(response, 200, { subscription: subscriptionAnswer(access, asking.site) })
}
