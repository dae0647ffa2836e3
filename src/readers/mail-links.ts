import type { Logger } from 'pino'
import { Problem } from '../http/problem.ts'
import type { Mailer } from '../mail/mail.ts'
import type { SiteRules } from '../paywall/rules.ts'
import type { SignIn } from './sign-in.ts'
import type { SignInLimit } from './sign-in-limit.ts'
import { signInMail } from './sign-in-mail.ts'

/** A reader who wants to sign in. `address` is the network’s, `returnTo` absolute, `language` BCP 47. */
export type WantsLink = {
  site: SiteRules
  email: string
  browser: string
  address: string
  returnTo: string
  language: string
}

/**
 * Mails links to sign in. Everyone is answered alike and before the mail server is, so that neither the answer nor its
 * time tells anything of an address.
 */
export type MailLinks = {
  ask(wants: WantsLink): Promise<Problem | null>
  /** Resolves when no mail is under way any more. */
  settled(): Promise<void>
}

export function createMailLinks(parts: {
  signIn: SignIn
  limit: SignInLimit
  mailer: Mailer
  serviceUrl: URL
  log: Pick<Logger, 'warn'>
}): MailLinks {
  const { signIn, limit, mailer, serviceUrl, log } = parts
  const underWay = new Set<Promise<void>>()

  function send({ site, email, language }: WantsLink, secret: string): void {
    const link = new URL('/sign-in/confirm', serviceUrl)
    link.search = new URLSearchParams({ token: secret, site: site.site.id, language }).toString()
    const paper = site.site.name
    const sending = mailer
      .send(signInMail({ to: email, paper, language, link, secret }))
      .catch((error) => log.warn({ error, site: site.site.id }, 'a link to sign in was not mailed'))
      .finally(() => underWay.delete(sending))
    underWay.add(sending)
  }

  return {
    async ask(wants) {
      const { site, email, browser, address, returnTo, language } = wants
      const wait = await limit({ site: site.site.id, email, address })
      if (wait !== null) {
        const detail =
          'Too many links were asked for, for this address or from this network; try again later.'
        return new Problem('too_many_sign_ins', detail, { more: { retryAfter: wait.retryAfterSeconds } })
      }
      const secret = await signIn.ask({ site: site.site.id, email, browser, returnTo, language })
      send(wants, secret)
      return null
    },
    async settled() {
      await Promise.all(underWay)
    },
  }
}

/** Where a reader comes back to: an address or a path of the site’s own pages, absolute; null for any other. */
export function returnAddress(text: string, { url, origins }: SiteRules): string | null {
  const address = URL.parse(text, url.href)
  return address !== null && origins.has(address.origin) ? address.href : null
}
