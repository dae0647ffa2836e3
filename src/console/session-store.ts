import { z } from 'zod'

/** Somebody signed in with one browser. Epoch milliseconds. */
export const sessionSchema = z.object({
  id: z.string().describe('To name it; it is no secret'),
  hash: z.string().describe('SHA-256 of the token in the cookie'),
  person: z.string(),
  startedAtMs: z.int(),
  seenAtMs: z.int(),
  expiresAtMs: z.int(),
  userAgent: z.string(),
})

export type Session = z.infer<typeof sessionSchema>

/** What a mailed link is for. */
export const linkSchema = z.object({ person: z.string(), purpose: z.enum(['invitation', 'password']) })

export type Link = z.infer<typeof linkSchema>

/** Sessions and links, which go by themselves when they expire. Tokens are kept as hashes only. */
export type SessionStore = {
  session(hash: string): Promise<Session | null>
  saveSession(session: Session): Promise<void>
  sessionsOf(person: string): Promise<Session[]>
  endSession(session: Session): Promise<void>
  saveLink(hash: string, link: Link, expiresAtMs: number): Promise<void>
  peekLink(hash: string): Promise<Link | null>
  /** Gives a link's content once. */
  takeLink(hash: string): Promise<Link | null>
}
