import type { ServerResponse } from 'node:http'
import { Problem, sendProblem } from '../http/problem.ts'
import type { Route, RoutedRequest } from '../http/route.ts'
import { comesFromOwnPage } from '../http/same-origin.ts'
import { sendPage } from '../http/send-page.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import { type IdentifyCaller, type ReaderCaller, readerAt } from '../readers/caller.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import type { GiftCodes } from './gift-code.ts'
import { PaymentsUnavailable } from './payments.ts'
import { giftPage, tryAgainPage } from './purchase-page.ts'
import type { GiftState, Gifts } from './redeem-gift.ts'
import type { SubscriptionStore } from './subscription-store.ts'

export type GiftSubscriptionParts = {
  rules: () => Rules
  identify: IdentifyCaller
  store: SubscriptionStore
  gifts: Gifts
  giftCodes: GiftCodes
  serviceUrl: URL
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

/** The pages behind the link of a gift subscription: what it is, and the button that accepts it. */
export function giftSubscriptionRoutes(parts: GiftSubscriptionParts): Route[] {
  const shared = {
    path: '/gift/:code',
    callers: ['reader'],
    problems: ['not_found', 'unauthorized', 'store_unavailable'],
  } as const
  const page = { contentType: 'text/html' }
  return [
    {
      ...shared,
      method: 'get',
      summary: 'What a gift subscription gives',
      description: 'The page that the link of a gift leads to. Looking at it redeems nothing.',
      answers: {
        200: { ...page, description: 'The page' },
        503: { ...page, description: 'Payments cannot be reached: a page to try again' },
      },
      handle: (request, response) => answer(parts, request, response, 'look'),
    },
    {
      ...shared,
      method: 'post',
      summary: 'This reader accepts the gift',
      description:
        'Sent by the button of that page. A gift is accepted once, by a reader without a subscription.',
      answers: {
        200: { ...page, description: 'The page, saying until when it gives access' },
        409: { ...page, description: 'The page, saying why it could not be accepted' },
        503: { ...page, description: 'Payments cannot be reached: a page to try again' },
      },
      problems: [...shared.problems, 'origin_not_allowed'],
      handle: (request, response) => answer(parts, request, response, 'redeem'),
    },
  ]
}

async function answer(
  parts: GiftSubscriptionParts,
  request: RoutedRequest,
  response: ServerResponse,
  act: 'look' | 'redeem',
): Promise<void> {
  const now = Math.floor(parts.now() / 1000) * 1000
  const code = String(request.params?.code)
  const attempt = parts.giftCodes.verify(code)
  const site = attempt === null ? null : await siteOf(parts, attempt)
  if (attempt === null || site === null) return sendProblem(response, noSuchGift())
  const caller = await callerOf(parts, request, now)
  if (caller instanceof Problem) return sendProblem(response, caller)
  if (act === 'redeem' && !comesFromOwnPage(request, parts.serviceUrl)) {
    return sendProblem(
      response,
      new Problem('origin_not_allowed', 'This was not sent from the page of the gift.'),
    )
  }
  const path = `/gift/${code}`
  try {
    const reader = readerAt(caller, site.site.id).key
    const state = await parts.gifts[act]({ attempt, reader, site, now })
    if (state === null) return sendProblem(response, noSuchGift())
    handOutToken(response, caller, { secure: parts.secureCookies })
    sendPage(response, act === 'look' ? 200 : statusOf(state), giftPage(site, state, path))
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error
    const again = { method: act === 'look' ? 'get' : 'post', path } as const
    sendPage(response, 503, tryAgainPage(site, again), { 'Retry-After': '30' })
  }
}

async function siteOf({ store, rules }: GiftSubscriptionParts, id: string): Promise<SiteRules | null> {
  const attempt = await store.attempt(id)
  return attempt === null ? null : (rules().sites.get(attempt.site) ?? null)
}

async function callerOf(
  { identify }: GiftSubscriptionParts,
  request: RoutedRequest,
  now: number,
): Promise<ReaderCaller | Problem> {
  const caller = await identify(request, now)
  if (caller instanceof Problem || caller.kind === 'reader') return caller
  return new Problem('unauthorized', 'Only a reader may ask this.')
}

function statusOf({ kind }: GiftState): 200 | 409 {
  return kind === 'theirs' ? 200 : 409
}

function noSuchGift(): Problem {
  return new Problem('not_found', 'There is no such gift.')
}
