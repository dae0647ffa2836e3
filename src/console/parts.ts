import type { Logger } from 'pino'
import type { Mailer } from '../mail/mail.ts'
import type { IdentifyActor } from './actor.ts'
import type { PeopleStore } from './people-store.ts'
import type { SessionStore } from './session-store.ts'
import type { Sessions } from './sessions.ts'
import type { SignInLimit } from './sign-in-limit.ts'

/** What the routes about people share. */
export type PeopleParts = {
  people: PeopleStore
  sessionStore: SessionStore
  sessions: Sessions
  identify: IdentifyActor
  limit: SignInLimit
  mailer: Mailer
  serviceUrl: URL
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}
