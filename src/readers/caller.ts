import type { IncomingMessage } from 'node:http'
import { Problem } from '../http/problem.ts'
import { type Identity, type Newcomer, newIdentity, type SignedIn, signedInAt } from './identity.ts'
import { readerKey } from './reader-key.ts'
import { looksLikeReaderToken, type ReaderTokens } from './reader-token.ts'
import type { CheckSessions } from './sessions.ts'
import type { KeyRights } from './site-keys.ts'

/** Who calls: a reader's browser or app with a token of ours, or a publisher's server, which names the reader itself. */
export type Caller = ReaderCaller | { kind: 'server'; siteKey: KeyRights }

export type ReaderCaller = {
  kind: 'reader'
  identity: Identity
  /** A token to hand out: the reader is new, or the token is to be renewed. */
  newToken: string | null
  /** By cookie, which a page of another origin could make a browser send; a bearer token is proof by itself. */
  byCookie: boolean
}

/** Who a caller is at one site: `key` is that of `readerKey()`, `account` null where nobody is signed in. */
export type ReaderAt = { id: string; key: string; account: SignedIn | null }

/** Answers at once, or after a look at a store. `now` is in epoch milliseconds. */
export type IdentifyCaller = (
  request: IncomingMessage,
  now: number,
) => Caller | Problem | Promise<Caller | Problem>

export const readerCookie = 'newsrack_reader'

export type IdentifyParts = {
  tokens: ReaderTokens
  siteKey: (key: string) => KeyRights | null
  /** Sees to it that sessions which were ended say nothing any more. */
  checkSessions: CheckSessions
  /** Looks at a reader nobody has met before. */
  meet: (request: IncomingMessage, now: number) => Newcomer | null | Promise<Newcomer | null>
}

/** An unknown, forged or expired reader token is a new anonymous reader (spec rule 13); an unknown site key is refused. */
export function createIdentifyCaller(parts: IdentifyParts): IdentifyCaller {
  const { tokens, siteKey, checkSessions, meet } = parts

  function reader(
    request: IncomingMessage,
    { token, byCookie }: { token: string | null; byCookie: boolean },
    now: number,
  ): Caller | Promise<Caller> {
    const verified = token === null ? null : tokens.verify(token, now)
    if (verified === null) {
      const newcomer = meet(request, now)
      return newcomer instanceof Promise
        ? newcomer.then((met) => knownBy(newIdentity(met), true))
        : knownBy(newIdentity(newcomer), true)
    }
    const { identity, isOld } = verified
    const checked = checkSessions(identity, now)
    return checked instanceof Promise
      ? checked.then((now) => knownBy(now, isOld || now !== identity))
      : knownBy(checked, isOld || checked !== identity)

    function knownBy(identity: Identity, handOut: boolean): Caller {
      return { kind: 'reader', identity, newToken: handOut ? tokens.issue(identity, now) : null, byCookie }
    }
  }

  return (request, now) => {
    const bearer = bearerToken(request.headers.authorization)
    if (bearer === null)
      return reader(
        request,
        { token: cookieValue(request.headers.cookie, readerCookie), byCookie: true },
        now,
      )
    if (looksLikeReaderToken(bearer)) return reader(request, { token: bearer, byCookie: false }, now)
    const known = siteKey(bearer)
    return known === null
      ? new Problem(
          'unauthorized',
          'The bearer token is neither a site key of this service nor a reader token.',
        )
      : { kind: 'server', siteKey: known }
  }
}

/** The reader who calls, as one site knows them: the account where they are signed in, else the browser. */
export function readerAt({ identity }: ReaderCaller, site: string): ReaderAt {
  const account = signedInAt(identity, site)
  const id = account?.account ?? identity.browser
  return { id, key: readerKey(site, id), account }
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
