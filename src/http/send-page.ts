import type { ServerResponse } from 'node:http'

/** What a page of ours may do: no script at all, its own styles, and forms that lead back to us. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Answers with a page that must not be stored on the way, for its address may be a key. */
export function sendPage(
  response: ServerResponse,
  status: number,
  page: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(page),
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy,
    'Referrer-Policy': 'same-origin',
    ...headers,
  })
  response.end(page)
}
