import type { IncomingMessage, ServerResponse } from 'node:http'

/** Lets a page of an allowed origin read the answer, with the reader's cookie (Fetch standard, CORS protocol). */
export function originHeaders(
  request: IncomingMessage,
  origins: ReadonlySet<string>,
): Record<string, string> {
  const { origin } = request.headers
  if (origin === undefined || !origins.has(origin)) return { Vary: 'Origin' }
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Date, Newsrack-Reader, Retry-After',
  }
}

/** Sets those headers, for whatever the answer will be. */
export function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  origins: ReadonlySet<string>,
): void {
  for (const [name, value] of Object.entries(originHeaders(request, origins))) response.setHeader(name, value)
}

/** Answers the question a browser asks before it calls from another origin. */
export function answerPreflight(
  request: IncomingMessage,
  response: ServerResponse,
  origins: ReadonlySet<string>,
): void {
  allowOrigin(request, response, origins)
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE')
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, Newsrack-Preview')
  response.setHeader('Access-Control-Max-Age', '7200')
  response.writeHead(204)
  response.end()
}
