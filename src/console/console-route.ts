import type { ServerResponse } from 'node:http'
import { parse } from 'qs'
import { z } from 'zod'
import { readJson } from '../http/body.ts'
import { Problem, type ProblemCode, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import { type Actor, type IdentifyActor, refuseRole } from './actor.ts'
import type { Role } from './person.ts'

/** What a handler is told: who asks, and what they said, checked. */
export type Asked<Body, Query> = {
  actor: Actor
  body: Body
  query: Query
  /** The part of the path by that name. */
  param: (name: string) => string
  request: RoutedRequest
  response: ServerResponse
}

type Definition<Body extends z.ZodType, Query extends z.ZodObject> = {
  method: Route['method']
  path: string
  summary: string
  description?: string
  /** The least role that may call it. */
  role: Role
  body: Body
  query: Query
  /** By default 200; without a schema there is no content. */
  answer: { status?: number; description: string; body?: z.ZodType }
  problems?: readonly ProblemCode[]
  handle: (asked: Asked<z.output<Body>, z.output<Query>>) => Promise<unknown>
}

/** For routes that take no body, and no query. */
export const noBody = z.undefined()
export const noQuery = z.strictObject({})

/** A draft that is imported comes whole. */
const largestBodyBytes = 4 * 1024 * 1024

const always = [
  'unauthorized',
  'sign_in_required',
  'forbidden',
  'origin_not_allowed',
  'store_unavailable',
] as const
const ofBodies = ['invalid_request', 'invalid_json', 'unsupported_media_type', 'body_too_large'] as const

/**
 * A route of the console's API for whoever has the role. What the handler returns is the answer, a Problem the refusal.
 */
export function consoleRoute<Body extends z.ZodType, Query extends z.ZodObject>(
  identify: IdentifyActor,
  definition: Definition<Body, Query>,
): Route {
  const { method, path, summary, description, role, body, query, answer, problems = [] } = definition
  const { status = answer.body === undefined ? 204 : 200 } = answer
  const takesBody = !(body instanceof z.ZodUndefined)
  const takesQuery = Object.keys(query.shape).length > 0

  async function outcomeOf(request: RoutedRequest, response: ServerResponse): Promise<unknown> {
    const actor = await identify(request)
    if (actor instanceof Problem) return actor
    const refusal = refuseRole(actor, role)
    if (refusal !== null) return refusal
    const asked = readQuery(request, query)
    if (asked instanceof Problem) return asked
    const said = takesBody ? await readJson(request, body, largestBodyBytes) : body.parse(undefined)
    if (said instanceof Problem) return said
    const param = (name: string) => String(request.params?.[name] ?? '')
    return definition.handle({ actor, body: said, query: asked, param, request, response })
  }

  return {
    method,
    path,
    summary,
    ...(description !== undefined && { description }),
    callers: ['person', 'script'],
    ...(takesBody && { body }),
    ...(takesQuery && { query }),
    answers: { [status]: { description: answer.description, ...(answer.body && { body: answer.body }) } },
    problems: [
      ...new Set<ProblemCode>([
        ...(takesBody ? ofBodies : []),
        ...(takesQuery ? (['invalid_request'] as const) : []),
        ...always,
        ...problems,
      ]),
    ],
    async handle(request, response) {
      const outcome = await outcomeOf(request, response)
      if (outcome instanceof Problem) return sendProblem(response, outcome)
      if (answer.body !== undefined) return sendJson(response, status, outcome)
      response.writeHead(204, { 'Cache-Control': 'no-store' })
      response.end()
    },
  }
}

function readQuery<Query extends z.ZodObject>(
  { url = '' }: RoutedRequest,
  query: Query,
): z.output<Query> | Problem {
  const read = query.safeParse(parse(url.split('?')[1] ?? ''))
  if (read.success) return read.data
  const errors = read.error.issues.map(({ path, message }) => ({
    field: path.join('.') || 'query',
    expected: message,
  }))
  const detail = errors.map(({ field, expected }) => `${field}: ${expected}`).join('; ')
  return new Problem('invalid_request', `${detail}.`, { errors })
}
