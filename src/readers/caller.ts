import type { IncomingMessage } from 'node:http'
import { Problem } from '../http/problem.ts'
import { looksLikeReaderToken, type ReaderTokens } from './reader-token.ts'
import type { KeyRights } from './site-keys.ts'

/** Who calls: a reader's browser or app with a token of ours, or a publisher's server, which names the reader itself. */
export type Caller =
  | {
      kind: 'reader'
      readerId: string
      /** A token to hand out: the reader is new, or the token is to be renewed. */
      newToken: string | null
      /** By cookie, which a page of another origin could make a browser send; a bearer token is proof by itself. */
      byCookie: boolean
    }
  | { kind: 'server'; siteKey: KeyRights }

export type IdentifyCaller = (request: IncomingMessage, now: number) => Caller | Problem

export const readerCookie = 'newsrack_reader'

/** An unknown, forged or expired reader token is a new anonymous reader (spec rule 13); an unknown site key is refused. */
export function createIdentifyCaller(options: {
  tokens: ReaderTokens
  siteKey: (key: string) => KeyRights | null
}): IdentifyCaller {
  const { tokens, siteKey } = options

  function reader(token: string | null, now: number, byCookie: boolean): Caller {
    const verified = token === null ? null : tokens.verify(token, now)
    if (verified !== null) {
      return { kind: 'reader', readerId: verified.readerId, newToken: verified.renewed, byCookie }
    }
    const created = tokens.create(now)
    return { kind: 'reader', readerId: created.readerId, newToken: created.token, byCookie }
  }

  return (request, now) => {
    const bearer = bearerToken(request.headers.authorization)
    if (bearer === null) return reader(cookieValue(request.headers.cookie, readerCookie), now, true)
    if (looksLikeReaderToken(bearer)) return reader(bearer, now, false)
    const known = siteKey(bearer)
    return known === null
      ? new Problem(
          'unauthorized',
          'The bearer token is neither a site key of this service nor a reader token.',
        )
      : { kind: 'server', siteKey: known }
  }
}

function bearerToken(header: string | undefined): string | null {
  if (header === undefined) return null
  return /^bearer +(\S+) *$/i.exec(header)?.[1] ?? ''
}

/** One cookie's value, without reading the others (RFC 6265, section 4.2.1). */
function cookieValue(header: string | undefined, name: string): string | null {
  if (header === undefined) return null
  let start = header.indexOf(`${name}=`)
  while (start > 0 && header[start - 1] !== ' ' && header[start - 1] !== ';') {
    start = header.indexOf(`${name}=`, start + 1)
  }
  if (start === -1) return null
  const end = header.indexOf(';', start)
  return header.slice(start + name.length + 1, end === -1 ? undefined : end).trim()
}

/** A browser sends the cookie for any page; only pages of the site's own origins may make use of it. */
export function mayCallFrom(
  caller: Caller,
  origin: string | undefined,
  origins: ReadonlySet<string>,
): Problem | null {
  if (origin === undefined || caller.kind === 'server' || !caller.byCookie || origins.has(origin)) return null
  return new Problem('origin_not_allowed', `${origin} is not an origin of this site.`)
}
