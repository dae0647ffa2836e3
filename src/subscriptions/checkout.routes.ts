import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { readJson } from '../http/body.ts'
import type { ClientAddress } from '../http/client-address.ts'
import type { ClientCountry } from '../http/client-country.ts'
import { allowOrigin } from '../http/cors.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import {
  clientSchema,
  isRegistered,
  languageSchema,
  namedReaderSchema,
  readerOf,
  refuseServersWords,
  siteOf,
} from '../paywall/access-request.ts'
import { articleSchema } from '../paywall/article.ts'
import { offerVisitOf } from '../paywall/offer-visit.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import { idSchema } from '../publishing/id.ts'
import { type Caller, type IdentifyCaller, mayCallFrom, readerAt } from '../readers/caller.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import { type Attempt, attemptStatusSchema } from './attempt.ts'
import type { PlaceOrder } from './place-order.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import type { SyncCheckout } from './sync-checkout.ts'

export type CheckoutRoutesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  store: SubscriptionStore
  placeOrder: PlaceOrder
  syncCheckout: SyncCheckout
  secureCookies: boolean
  addressOf: ClientAddress
  countryOf: ClientCountry
  /** Epoch milliseconds. */
  now: () => number
}

const purchaseSchema = z.strictObject({
  site: idSchema.optional().describe('May be left out where there is one'),
  offer: z.string().max(100).describe('The id of the offer shown'),
  termsHash: z.string().max(100).describe('The hash that came with the terms shown'),
  consent: z.boolean().describe('Whether the reader has ticked that they agree'),
  returnTo: z.string().max(2048).default('/').describe('A path of the site to come back to'),
  language: languageSchema,
  section: articleSchema.shape.section.describe(
    'Of the article at whose wall this is, for reports; left out where there is none',
  ),
  reader: namedReaderSchema.optional(),
  client: clientSchema.optional(),
})

/** Buying: the button on the wall, and how an attempt stands. */
export function checkoutRoutes(parts: CheckoutRoutesParts): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/checkout',
      summary: 'This reader buys this offer',
      description: 'The service decides the price. Send the reader to the address in the answer.',
      callers: ['reader', 'server'],
      body: purchaseSchema,
      answers: {
        201: {
          description: 'The page where the reader pays',
          body: z.object({ attempt: z.string(), url: z.url() }),
        },
      },
      problems: [
        'invalid_request',
        'invalid_json',
        'unsupported_media_type',
        'body_too_large',
        'unauthorized',
        'site_key_required',
        'origin_not_allowed',
        'unknown_site',
        'offer_ended',
        'offer_unavailable',
        'terms_changed',
        'already_subscribed',
        'checkout_in_progress',
        'consent_required',
        'too_many_attempts',
        'payments_unavailable',
        'store_unavailable',
      ],
      handle: (request, response) => buy(parts, request, response),
    },
    {
      method: 'get',
      path: '/v1/checkout/:attempt',
      summary: 'How an attempt to buy stands',
      callers: ['reader'],
      answers: {
        200: { description: 'For its own reader only', body: z.object({ status: attemptStatusSchema }) },
      },
      problems: ['unauthorized', 'not_found', 'payments_unavailable', 'store_unavailable'],
      handle: (request, response) => showAttempt(parts, request, response),
    },
  ]
}

async function buy(
  parts: CheckoutRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const rules = parts.rules()
  const now = wholeSeconds(parts.now())
  allowOrigin(request, response, rules.origins)

  const caller = await parts.identify(request, now)
  if (caller instanceof Problem) return sendProblem(response, caller)
  const body = await readJson(request, purchaseSchema)
  if (body instanceof Problem) return sendProblem(response, body)
  const site = siteOf(rules, caller, body.site)
  if (site instanceof Problem) return sendProblem(response, site)
  const reader = readerAsking({ caller, site, named: body.reader, origin: request.headers.origin })
  if (reader instanceof Problem) return sendProblem(response, reader)
  const said = refuseServersWords(caller, body)
  if (said !== null) return sendProblem(response, said)

  handOutToken(response, caller, { secure: parts.secureCookies })
  const { device, country } = offerVisitOf({ caller, body, request }, parts)
  const opened = await parts.placeOrder({
    purchase: body,
    site,
    reader,
    registered: isRegistered({ caller, site, named: body.reader }),
    visit: { section: body.section ?? null, device, country },
    address: parts.addressOf(request) ?? '',
    now,
  })
  if (!(opened instanceof Problem)) return sendJson(response, 201, opened)
  const { retryAfter } = opened.more
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter))
  sendProblem(response, opened)
}

function readerAsking(options: {
  caller: Caller
  site: SiteRules
  named: z.output<typeof namedReaderSchema> | undefined
  origin: string | undefined
}): string | Problem {
  const { caller, site, named, origin } = options
  return mayCallFrom(caller, origin, site.origins) ?? readerOf({ caller, site, named })
}

async function showAttempt(
  parts: CheckoutRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  allowOrigin(request, response, parts.rules().origins)
  const caller = await parts.identify(request, parts.now())
  if (caller instanceof Problem) return sendProblem(response, caller)
  const attempt = await parts.store.attempt(String(request.params?.attempt))
  if (attempt === null || !isOf(attempt, caller)) {
    return sendProblem(response, new Problem('not_found', 'This reader has no such attempt.'))
  }
  sendJson(response, 200, { status: await statusNow(parts, attempt) })
}

function isOf(attempt: Attempt, caller: Caller): boolean {
  return caller.kind === 'reader' && attempt.reader === readerAt(caller, attempt.site).key
}

async function statusNow({ syncCheckout }: CheckoutRoutesParts, { status, session }: Attempt) {
  return status === 'open' && session !== null ? syncCheckout.look(session) : status
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}
