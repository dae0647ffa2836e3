import { z } from 'zod'

/**
 * Links that were mailed and wait to be opened, and codes that pages sign in with. Each is named by the hash of its secret, so that nobody can sign in
 * with what is stored; all of it expires with the link.
 */
export type SignInStore = {
  /** `lastsMs` is how long the link works. */
  saveLink(link: string, request: SignInRequest, lastsMs: number): Promise<void>
  /** Changes nothing: mail scanners open links too. Null where it has been used or has ended. */
  link(link: string): Promise<SignInRequest | null>
  /**
   * Uses the link for one browser; null for every other one. The same browser may use it again until it is finished,
   * for a request may die half-way.
   */
  takeLink(link: string, browser: string): Promise<SignInRequest | null>
  finishLink(link: string): Promise<void>
}

/** What was asked for, and where: the only place where an address is kept without an account. */
export type SignInRequest = z.infer<typeof signInRequestSchema>
export const signInRequestSchema = z.object({
  site: z.string(),
  email: z.string(),
  browser: z.string().describe('Where it was asked for'),
  session: z
    .string()
    .describe('The id of the session that comes of it, fixed so that repeating begins no second'),
  returnTo: z.string().describe('An absolute address of the site'),
  language: z.string(),
})
