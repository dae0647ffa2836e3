import { z } from 'zod'
import type { Route } from '../http/route.ts'
import type { GrantKeys } from './grant-keys.ts'

const jwkSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.literal('ES256'),
})

/** Much shorter than a key is published before it signs. */
const cacheControl = 'public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800'

/** The keys with which everyone can verify a grant. `now` gives epoch milliseconds. */
export function jwksRoutes({ keys, now }: { keys: GrantKeys; now: () => number }): Route[] {
  return [
    {
      method: 'get',
      path: '/.well-known/jwks.json',
      summary: 'The public keys of grants',
      description: 'A JWK set (RFC 7517). Keys appear in it a week before they sign.',
      callers: ['anyone'],
      answers: { 200: { description: 'The key set', body: z.object({ keys: z.array(jwkSchema) }) } },
      problems: [],
      handle(_request, response) {
        const body = JSON.stringify({ keys: keys.publishedAt(now()) })
        response.writeHead(200, {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          'Cache-Control': cacheControl,
          'Access-Control-Allow-Origin': '*',
        })
        response.end(body)
      },
    },
  ]
}
