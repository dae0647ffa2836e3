import type { Logger } from 'pino'
import { z } from 'zod'
import { Problem, sendProblem } from './problem.ts'
import { type Route, sendJson } from './route.ts'

/** Whether the process lives, and whether it can serve. `ping` rejects when the store does not answer. */
export function healthRoutes({ ping, log }: { ping: () => Promise<void>; log: Logger }): Route[] {
  return [
    {
      method: 'get',
      path: '/healthz',
      summary: 'The process lives',
      callers: ['anyone'],
      answers: { 200: { description: 'It does', body: z.object({ status: z.literal('ok') }) } },
      problems: [],
      handle: (_request, response) => sendJson(response, 200, { status: 'ok' }),
    },
    {
      method: 'get',
      path: '/readyz',
      summary: 'The service can serve',
      description: 'The store answers. Readers are answered without it too, by the site’s policy.',
      callers: ['anyone'],
      answers: { 200: { description: 'It can', body: z.object({ status: z.literal('ready') }) } },
      problems: ['store_unavailable'],
      async handle(_request, response) {
        try {
          await ping()
          sendJson(response, 200, { status: 'ready' })
        } catch (error) {
          log.warn({ error }, 'not ready')
          sendProblem(response, new Problem('store_unavailable', 'The store does not answer.'))
        }
      },
    },
  ]
}
