import { z } from 'zod'

const shared = {
  issuer: z.string().min(1).max(500).describe('The token’s `iss`, letter by letter'),
  audience: z.string().min(1).max(500).describe('What the token’s `aud` must name'),
}

/** How a site's own sign-in proves to us who a reader is. */
export const publisherSignInSchema = z
  .discriminatedUnion('algorithm', [
    z.strictObject({
      ...shared,
      algorithm: z.literal('HS256').describe('Signed with the secret in SIGN_IN_SECRETS'),
    }),
    z.strictObject({
      ...shared,
      algorithm: z.literal(['RS256', 'ES256']).describe('Signed with a key of `jwksUrl`'),
      jwksUrl: z
        .string()
        .refine(isSafe, 'an https address (http on this machine)')
        .describe('Where the public keys are: a JSON Web Key Set'),
    }),
  ])
  .describe('The publisher’s own sign-in; there is none if left out')

export type PublisherSignIn = z.infer<typeof publisherSignInSchema>

/** Whoever can change keys on the way could sign in as anybody. */
function isSafe(text: string): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url))
}

function isThisMachine({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
