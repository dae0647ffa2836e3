import { createSignature } from '../exemptions/signature.ts'

/** What the link of a gift subscription carries: the attempt it was bought by, signed, so that nobody can make one up. */
export type GiftCodes = {
  /** `at_….<HMAC-SHA-256>` */
  create(attempt: string): string
  /** The attempt, or null for a code that is not ours. */
  verify(code: string): string | null
}

/** The address that is given on with a gift: for whoever opens it and accepts. */
export type GiftLink = (attempt: string) => URL

export function createGiftCodes(secrets: readonly string[]): GiftCodes {
  const signature = createSignature('gift subscription', secrets)
  return {
    create: (attempt) => `${attempt}.${signature.of(attempt)}`,
    verify(code) {
      const [, attempt = '', mac = ''] = /^(at_[\w-]{22})\.([\w-]{43})$/.exec(code) ?? []
      return attempt !== '' && signature.fits(attempt, mac) ? attempt : null
    },
  }
}
