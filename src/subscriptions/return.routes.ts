import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { z } from 'zod'
import { Problem, sendProblem } from '../http/problem.ts'
import type { Route, RoutedRequest } from '../http/route.ts'
import { sendPage } from '../http/send-page.ts'
import type { Rules } from '../paywall/rules.ts'
import type { Attempt } from './attempt.ts'
import type { GiftLink } from './gift-code.ts'
import { givenPage, refusedPage, waitingPage } from './purchase-page.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import type { SyncCheckout } from './sync-checkout.ts'

export type ReturnRoutesParts = {
  rules: () => Rules
  store: SubscriptionStore
  syncCheckout: SyncCheckout
  giftLink: GiftLink
  log: Logger
}

/** Where Stripe sends a reader who has paid. */
export function returnRoutes(parts: ReturnRoutesParts): Route[] {
  return [
    {
      method: 'get',
      path: '/checkout/return',
      summary: 'Where Stripe sends a reader who has paid',
      description:
        'Learns from Stripe what was bought, then leads back to the article. What needs words is a page: a gift’s link, a payment that went back, or that Stripe does not answer just now.',
      callers: ['anyone'],
      query: z.object({ attempt: z.string().describe('The attempt that was paid') }),
      answers: {
        200: { description: 'A page that says what has happened', contentType: 'text/html' },
        303: { description: 'To the article the reader wanted' },
      },
      problems: ['not_found', 'store_unavailable'],
      handle: (request, response) => comeBack(parts, request, response),
    },
  ]
}

async function comeBack(
  parts: ReturnRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const id = new URL(request.url ?? '/', 'http://localhost').searchParams.get('attempt') ?? ''
  const attempt = await parts.store.attempt(id)
  const site = attempt === null ? undefined : parts.rules().sites.get(attempt.site)
  if (attempt === null || site === undefined) {
    return sendProblem(response, new Problem('not_found', 'There is no such attempt to buy.'))
  }
  const known = await learn(parts, attempt)
  const about = { attempt: known ?? attempt, site }
  if (known === null) return sendPage(response, 200, waitingPage(about))
  if (known.refused !== null) return sendPage(response, 200, refusedPage(about, known.refused))
  if (known.gift !== null && known.status === 'complete') {
    return sendPage(response, 200, givenPage(about, parts.giftLink(known.id)))
  }
  response.writeHead(303, { Location: attempt.returnTo || site.url.href, 'Cache-Control': 'no-store' })
  response.end()
}

/** The attempt as it is now; null where Stripe does not say, whose webhook will tell us in a moment. */
async function learn(
  { store, syncCheckout, log }: ReturnRoutesParts,
  { id, status, session }: Attempt,
): Promise<Attempt | null> {
  try {
    if (status === 'open' && session !== null) await syncCheckout.look(session)
    return store.attempt(id)
  } catch (error) {
    log.warn({ error, attempt: id }, 'not synchronised on return')
    return null
  }
}
