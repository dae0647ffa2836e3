import type { IncomingMessage } from 'node:http'

/** No other page may act for a reader: a browser says where a form was sent from, and none of them lets a page lie. */
export function comesFromOwnPage({ headers }: IncomingMessage, serviceUrl: URL): boolean {
  return headers.origin === serviceUrl.origin || headers['sec-fetch-site'] === 'same-origin'
}
