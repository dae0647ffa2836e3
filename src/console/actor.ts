import type { IncomingMessage } from 'node:http'
import { Problem } from '../http/problem.ts'
import type { Author } from '../publishing/author.ts'
import { includesRole, type Person, type Role } from './person.ts'
import type { Session } from './session-store.ts'
import type { Sessions } from './sessions.ts'

/** Who works in the console: a person with a session, or a script with a key. */
export type Actor = {
  author: Author
  role: Role
  signedIn: { person: Person; session: Session } | null
}

/** Who calls, if they are known and their browser came from the console's own pages. */
export type IdentifyActor = (request: IncomingMessage) => Promise<Actor | Problem>

export type ActorParts = {
  sessions: Sessions
  /** What a bearer's key may do in the console; null for an unknown key. */
  scriptOf: (key: string) => { author: Author; role: Role } | null
  serviceUrl: URL
}

export function createIdentifyActor({ sessions, scriptOf, serviceUrl }: ActorParts): IdentifyActor {
  return async (request) => {
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const script = scriptOf(/^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '')
      if (script !== null) return { ...script, signedIn: null }
      return new Problem('unauthorized', 'This bearer token is no key for the console.')
    }
    if (request.headers.cookie === undefined) return new Problem('sign_in_required', 'Sign in first.')
    const foreign = refuseForeignPage(request, serviceUrl)
    if (foreign !== null) return foreign
    const signedIn = await sessions.find(request)
    if (signedIn === null) return new Problem('sign_in_required', 'Sign in first.')
    const { id, name, role } = signedIn.person
    return { author: { id, name }, role, signedIn }
  }
}

/**
 * A page of another origin can make a browser send the cookie; SameSite keeps other sites out, but not the publisher's
 * own pages on another host. So whatever changes something has to come from a page of this very origin.
 */
export function refuseForeignPage({ method, headers }: IncomingMessage, serviceUrl: URL): Problem | null {
  if (method === 'GET' || method === 'HEAD') return null
  const fits =
    headers.origin === undefined
      ? headers['sec-fetch-site'] === 'same-origin'
      : headers.origin === serviceUrl.origin
  return fits
    ? null
    : new Problem(
        'origin_not_allowed',
        'Only the console’s own pages may do this. Scripts send a key instead.',
      )
}

export function refuseRole({ role }: Actor, needed: Role): Problem | null {
  return includesRole(role, needed)
    ? null
    : new Problem('forbidden', `This takes the role ${needed}; yours is ${role}.`)
}
