import { createHash, timingSafeEqual } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { z } from 'zod'
import { Problem, sendProblem } from '../http/problem.ts'
import type { Route, RoutedRequest } from '../http/route.ts'
import type { Metrics } from './metrics.ts'

/**
 * What Prometheus reads. With a token, whoever bears it; without one, only a program on this machine that calls
 * directly: what a proxy passes on comes from anywhere.
 */
export function metricsRoutes({ metrics, token }: { metrics: Metrics; token: string | null }): Route[] {
  return [
    {
      method: 'get',
      path: '/metrics',
      summary: 'Numbers for Prometheus',
      description:
        'With METRICS_TOKEN set, for whoever bears it; without, for direct callers on the same machine.',
      callers: ['operator'],
      answers: {
        200: { description: 'Prometheus’s text format', body: z.string(), contentType: 'text/plain' },
      },
      problems: ['unauthorized'],
      async handle(request, response) {
        if (!(token === null ? isDirectAndLocal(request) : bears(request, token))) {
          const detail =
            'Set METRICS_TOKEN and send it as Authorization: Bearer …, or call from the same machine.'
          return sendProblem(response, new Problem('unauthorized', detail))
        }
        const { contentType, text } = await metrics.read()
        response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
        response.end(text)
      },
    },
  ]
}

const proxyHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
]

function isDirectAndLocal({ socket, headers }: RoutedRequest): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const isLocal = address === '::1' || (isIPv4(address) && address.startsWith('127.'))
  return isLocal && proxyHeaders.every((name) => headers[name] === undefined)
}

/** Hashed, for a comparison in constant time needs equal lengths. */
function bears({ headers }: RoutedRequest, token: string): boolean {
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
