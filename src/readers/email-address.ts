import { domainToASCII } from 'node:url'
import { z } from 'zod'

/**
 * An e-mail address in the one form in which it is compared and written to: lower case, its domain in ASCII. Mail goes to
 * this form only, so that no look-alike of an address can receive the mail of its account. Null for what is none.
 */
export function emailAddress(text: string): string | null {
  const [, local = '', domain = ''] = /^([^@]+)@([^@]+)$/.exec(text.trim()) ?? []
  const address = `${local.toLowerCase()}@${domainToASCII(domain).toLowerCase()}`
  return pattern.safeParse(address).success ? address : null
}

const pattern = z.email().max(254)

/** For bodies of requests. */
export const emailSchema = z
  .string()
  .max(320)
  .transform((text, context) => {
    const address = emailAddress(text)
    if (address !== null) return address
    context.addIssue({ code: 'custom', message: 'an e-mail address such as reader@example.com' })
    return z.NEVER
  })
