import { newIdentity } from '../../src/readers/identity.ts'
import { createReaderTokens } from '../../src/readers/reader-token.ts'

/** A reader nobody has met, with the token a service of this secret would have given them. */
export function newReader(secret: string, now: number): { readerId: string; token: string } {
  const identity = newIdentity()
  return { readerId: identity.browser, token: createReaderTokens([secret]).issue(identity, now) }
}
