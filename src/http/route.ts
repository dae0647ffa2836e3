import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { ProblemCode } from './problem.ts'

/**
 * Who may call a route: `anyone`, a `reader` (cookie or bearer token), a publisher's `server` (site key), `stripe`, the
 * service's `operator` (metrics token), a `person` who is signed in to the console, a `script` with a key for it.
 */
export type CallerKind = 'anyone' | 'reader' | 'server' | 'stripe' | 'operator' | 'person' | 'script'

/**
 * One route of the API: what it takes, what it answers, and the handler. The OpenAPI document is made of these, from
 * the same schemas that validate.
 */
export type Route = {
  method: 'get' | 'post' | 'put' | 'delete'
  /** In Express's form: `/v1/checkout/:attempt`. */
  path: string
  summary: string
  description?: string
  callers: readonly CallerKind[]
  body?: z.ZodType
  query?: z.ZodObject
  answers: Readonly<Record<number, { description: string; body?: z.ZodType; contentType?: string }>>
  problems: readonly ProblemCode[]
  handle: Handler
}

/** Needs no more than `node:http` gives; Express passes its own richer objects. */
export type Handler = (request: RoutedRequest, response: ServerResponse) => Promise<void> | void

export type RoutedRequest = IncomingMessage & {
  params?: Record<string, string | string[]>
}

/** Answers with JSON that must not be stored by anyone on the way. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify(value)
  response.writeHead(status, headerList(Buffer.byteLength(body), headers))
  response.end(body)
}

/**
 * The same with JSON that is written already, in ASCII: Node then neither measures nor encodes it, and sends it in one
 * piece with the headers.
 */
export function sendAsciiJson(
  response: ServerResponse,
  json: string,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(200, headerList(json.length, headers))
  response.end(json, 'latin1')
}

function headerList(bytes: number, headers: Readonly<Record<string, string>>): string[] {
  const list = ['Content-Type', 'application/json', 'Content-Length', `${bytes}`, 'Cache-Control', 'no-store']
  for (const name in headers) list.push(name, headers[name] ?? '')
  return list
}
