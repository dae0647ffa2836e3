import { createHash, randomBytes } from 'node:crypto'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import type { AccountName } from './account-name.ts'
import type { AccountStore } from './account-store.ts'
import type { EnterAccount } from './enter-account.ts'
import { type Identity, newId } from './identity.ts'
import type { SignInRequest, SignInStore } from './sign-in-store.ts'

/** Signing in by a mailed link. */
export type SignIn = {
  /** Notes the request and answers with the secret of its link. Whether there is an account is not even looked at. */
  ask(request: Omit<SignInRequest, 'session'>): Promise<string>
  /** What a link is for; changes nothing. Null where it has been used or has ended. */
  look(secret: string): Promise<WaitingLink | null>
  /** Uses the link for this browser. */
  confirm(secret: string, by: Confirming): Promise<{ identity: Identity; request: SignInRequest } | null>
}

export type WaitingLink = { request: SignInRequest; site: SiteRules }

/** `now` in epoch milliseconds. */
export type Confirming = { identity: Identity; userAgent: string | undefined; now: number }

export const linkLifeMs = 15 * 60_000

export function createSignIn(parts: {
  rules: () => Rules
  signIns: SignInStore
  accounts: AccountStore
  accountName: AccountName
  enterAccount: EnterAccount
}): SignIn {
  const { rules, signIns, accounts, accountName, enterAccount } = parts

  async function enter(request: SignInRequest, site: SiteRules, by: Confirming): Promise<Identity> {
    const name = await accountName(request.site, request.email)
    const id = await accounts.accountNamed(name, newId())
    const account = { id, name, email: request.email }
    return enterAccount({ ...by, site, account, session: request.session })
  }

  return {
    async ask(request) {
      const secret = randomBytes(24).toString('base64url')
      await signIns.saveLink(linkOf(secret), { ...request, session: newId() }, linkLifeMs)
      return secret
    },

    async look(secret) {
      const request = await signIns.link(linkOf(secret))
      const site = request === null ? undefined : rules().sites.get(request.site)
      return request === null || site === undefined ? null : { request, site }
    },

    async confirm(secret, by) {
      const link = linkOf(secret)
      const request = await signIns.takeLink(link, by.identity.browser)
      const site = request === null ? undefined : rules().sites.get(request.site)
      if (request === null || site === undefined) return null
      const identity = await enter(request, site, by)
      await signIns.finishLink(link)
      return { identity, request }
    },
  }
}

function linkOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
