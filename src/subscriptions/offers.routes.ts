import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { ClientCountry } from '../http/client-country.ts'
import { allowOrigin } from '../http/cors.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import { winsBack } from '../offers/audience.ts'
import type { IsSoldOut } from '../offers/sold-out.ts'
import { isRegistered, languageSchema, readerOf, siteOf } from '../paywall/access-request.ts'
import { shownOfferSchema } from '../paywall/answer.ts'
import type { Rules } from '../paywall/rules.ts'
import { type IdentifyCaller, mayCallFrom } from '../readers/caller.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import { buyerOf } from './buyer.ts'
import { offersBesideTheWall } from './eligibility.ts'
import type { SubscriptionStore } from './subscription-store.ts'

export type OffersRoutesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  store: Pick<SubscriptionStore, 'access' | 'attempt' | 'boughtOffers'>
  countryOf: ClientCountry
  isSoldOut: IsSoldOut
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

const querySchema = z.object({
  site: z.string().optional().describe('May be left out where there is one'),
  language: languageSchema,
})

const besideSchema = z.object({
  stay: shownOfferSchema
    .nullable()
    .describe(
      'For a reader who has cancelled and can still read: the offer by which the subscription goes on',
    ),
  gifts: z.array(shownOfferSchema).describe('To be paid once and passed on'),
})

/** What can be bought without a wall: a page for gifts and an account page ask for it. */
export function offersRoutes(parts: OffersRoutesParts): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/offers',
      summary: 'What this reader is offered beside the wall',
      description:
        'Bought like the offer on a wall, by `POST /v1/checkout` with its id and the hash of its terms.',
      callers: ['reader'],
      query: querySchema,
      answers: { 200: { description: 'The offers as they are to be shown', body: besideSchema } },
      problems: [
        'unauthorized',
        'origin_not_allowed',
        'unknown_site',
        'invalid_request',
        'store_unavailable',
      ],
      handle: (request, response) => showOffers(parts, request, response),
    },
  ]
}

async function showOffers(
  parts: OffersRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const rules = parts.rules()
  const now = Math.floor(parts.now() / 1000) * 1000
  allowOrigin(request, response, rules.origins)
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')

  const caller = await parts.identify(request, now)
  if (caller instanceof Problem) return sendProblem(response, caller)
  const site = siteOf(rules, caller, searchParams.get('site') ?? undefined)
  if (site instanceof Problem) return sendProblem(response, site)
  const refusal = mayCallFrom(caller, request.headers.origin, site.origins)
  if (refusal !== null) return sendProblem(response, refusal)
  const reader = readerOf({ caller, site, named: undefined })
  if (reader instanceof Problem) return sendProblem(response, reader)

  const country = parts.countryOf(request)
  const registered = isRegistered({ caller, site, named: undefined })
  const buyer = await buyerOf(parts.store, { reader, registered, country })
  const offers = offersBesideTheWall(site.offers, { buyer, isSoldOut: parts.isSoldOut, now })
  const language = site.languageFor(searchParams.get('language') ?? undefined)
  handOutToken(response, caller, { secure: parts.secureCookies })
  sendJson(response, 200, {
    stay: offers.find(winsBack)?.shownAt(now, language) ?? null,
    gifts: offers.filter(({ gift }) => gift !== undefined).map((gift) => gift.shownAt(now, language)),
  })
}
