import type { IncomingMessage } from 'node:http'
import type { PeopleStore } from './people-store.ts'
import type { Person } from './person.ts'
import { hashToken, makeId, makeToken } from './secret-token.ts'
import type { Session, SessionStore } from './session-store.ts'

/** A session ends half a day after it was last used, and a week after it began. */
const idleMs = 12 * 3_600_000
const longestMs = 7 * 24 * 3_600_000
/** That it was used is written down so often at most. */
const noticeEveryMs = 5 * 60_000

export type Sessions = {
  /** Always a new session with a new token, whatever cookie the browser sent: nobody can prepare one for another. */
  begin(person: Person, request: IncomingMessage): Promise<{ session: Session; cookie: string }>
  /** Who is signed in with this request's cookie. */
  find(request: IncomingMessage): Promise<{ session: Session; person: Person } | null>
  /** The `Set-Cookie` that takes the cookie away. */
  noCookie: string
}

export type SessionsParts = {
  people: PeopleStore
  sessions: SessionStore
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

export function createSessions({ people, sessions, secureCookies, now }: SessionsParts): Sessions {
  // The prefix makes browsers refuse one that another host of the domain has set.
  const name = secureCookies ? '__Host-newsrack_console' : 'newsrack_console'
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secureCookies ? '; Secure' : ''}`

  return {
    noCookie: `${name}=; ${attributes}; Max-Age=0`,
    async begin(person, { headers }) {
      const { token, hash } = makeToken()
      const startedAtMs = now()
      const session = {
        id: makeId('s'),
        hash,
        person: person.id,
        startedAtMs,
        seenAtMs: startedAtMs,
        expiresAtMs: startedAtMs + idleMs,
        userAgent: (headers['user-agent'] ?? '').slice(0, 300),
      }
      await sessions.saveSession(session)
      return { session, cookie: `${name}=${token}; ${attributes}; Max-Age=${longestMs / 1000}` }
    },
    async find({ headers }) {
      const token = cookieOf(headers.cookie, name)
      const session = token === null ? null : await sessions.session(hashToken(token))
      if (session === null || session.expiresAtMs <= now()) return null
      const person = await people.person(session.person)
      if (person?.status !== 'active' || session.startedAtMs < person.sessionsFromMs) return null
      return { session: await noticed(session), person }
    },
  }

  async function noticed(session: Session): Promise<Session> {
    const seenAtMs = now()
    if (seenAtMs - session.seenAtMs < noticeEveryMs) return session
    const expiresAtMs = Math.min(seenAtMs + idleMs, session.startedAtMs + longestMs)
    const seen = { ...session, seenAtMs, expiresAtMs }
    await sessions.saveSession(seen)
    return seen
  }
}

export function cookieOf(header: string | undefined, name: string): string | null {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))
  return found === undefined ? null : found.slice(name.length + 1)
}
