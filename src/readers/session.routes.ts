import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { allowOrigin } from '../http/cors.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import type { Rules } from '../paywall/rules.ts'
import type { AccountStore } from './account-store.ts'
import { type AskingReader, askingReader } from './asking-reader.ts'
import type { IdentifyCaller } from './caller.ts'
import { deviceSchema } from './device.ts'
import { handOutToken } from './hand-out-token.ts'

export type SessionRoutesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  accounts: AccountStore
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

const instantSchema = z.iso.datetime({ offset: true })

const sessionsSchema = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      device: deviceSchema,
      startedAt: instantSchema,
      seenAt: instantSchema.describe('To the hour'),
      current: z.boolean().describe('Whether it is the one that asks'),
    }),
  ),
})

/** Where a reader is signed in, and how they end it there. People use the page `/account`. */
export function sessionRoutes(parts: SessionRoutesParts): Route[] {
  const shared = {
    callers: ['reader'],
    query: z.object({ site: z.string().optional().describe('May be left out where there is one') }),
  } as const
  const problems = [
    'invalid_request',
    'unauthorized',
    'origin_not_allowed',
    'unknown_site',
    'store_unavailable',
  ] as const
  return [
    {
      ...shared,
      method: 'get',
      path: '/v1/reader/sessions',
      summary: 'Where this reader is signed in',
      description: 'Empty for an anonymous reader.',
      answers: { 200: { description: 'The one seen latest first', body: sessionsSchema } },
      problems,
      handle: (request, response) => listSessions(parts, request, response),
    },
    {
      ...shared,
      method: 'delete',
      path: '/v1/reader/sessions/:id',
      summary: 'End one of this reader’s sessions',
      description: 'It may go on opening articles for five minutes, and does nothing else. May be repeated.',
      answers: { 204: { description: 'It has ended' } },
      problems: [...problems, 'not_found'],
      handle: (request, response) => endSession(parts, request, response),
    },
  ]
}

async function listSessions(
  parts: SessionRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const asking = await whoAsks(parts, request, response)
  if (asking instanceof Problem) return sendProblem(response, asking)
  const { caller, site, reader, account } = asking
  const sessions = account === null ? [] : await parts.accounts.sessions(reader, parts.now())
  handOutToken(response, caller, { secure: parts.secureCookies })
  sendJson(response, 200, {
    sessions: sessions.map(({ id, device, startedMs, seenMs }) => ({
      id,
      device,
      startedAt: site.writeInstant(startedMs),
      seenAt: site.writeInstant(seenMs),
      current: id === account?.session,
    })),
  } satisfies z.input<typeof sessionsSchema>)
}

async function endSession(
  parts: SessionRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const asking = await whoAsks(parts, request, response)
  if (asking instanceof Problem) return sendProblem(response, asking)
  if (asking.account === null)
    return sendProblem(response, new Problem('not_found', 'This reader has no such session.'))
  await parts.accounts.endSession(asking.reader, String(request.params?.id))
  response.writeHead(204, { 'Cache-Control': 'no-store' })
  response.end()
}

function whoAsks(
  { rules, identify, now }: SessionRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<AskingReader | Problem> {
  const present = rules()
  allowOrigin(request, response, present.origins)
  return askingReader({ rules: present, identify, request, now: now() })
}
