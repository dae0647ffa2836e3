import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { z } from 'zod'
import { readBody } from '../http/body.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { type LearnParts, learnEvent } from './learn-event.ts'

export type WebhookRoutesParts = LearnParts & {
  metrics: Pick<Metrics, 'webhookTaken'>
  log: Logger
}

/** Stripe's events carry whole objects with their line items. */
const largestEventBytes = 1024 * 1024

/**
 * Stripe tells that something has changed. A signature that does not fit answers 400; whatever else goes wrong
 * answers 5xx, so that Stripe tries again.
 */
export function webhookRoutes(parts: WebhookRoutesParts): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/webhooks/stripe',
      summary: 'Stripe’s events',
      description:
        'The raw body, with the signature in Stripe-Signature. What it says is asked of Stripe afresh.',
      callers: ['stripe'],
      answers: { 200: { description: 'Taken in', body: z.object({ received: z.literal(true) }) } },
      problems: ['invalid_signature', 'body_too_large', 'payments_unavailable', 'store_unavailable'],
      handle: (request, response) => takeEvent(parts, request, response),
    },
  ]
}

async function takeEvent(
  parts: WebhookRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, largestEventBytes)
  if (body instanceof Problem) return sendProblem(response, body)
  const event = parts.payments.readEvent(body, String(request.headers['stripe-signature'] ?? ''))
  if (event === null) {
    parts.metrics.webhookTaken({ type: 'unknown', outcome: 'refused' })
    const detail = 'The Stripe-Signature header does not fit the body and the signing secret.'
    return sendProblem(response, new Problem('invalid_signature', detail))
  }
  parts.log.info({ event: event.id, type: event.type }, 'webhook')
  try {
    const isOurs = await learnEvent(parts, event)
    parts.metrics.webhookTaken({ type: event.type, outcome: isOurs ? 'handled' : 'ignored' })
  } catch (error) {
    parts.metrics.webhookTaken({ type: event.type, outcome: 'failed' })
    throw error
  }
  sendJson(response, 200, { received: true })
}
