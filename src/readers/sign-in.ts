import { createHash, randomBytes } from 'node:crypto'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import type { AccountName } from './account-name.ts'
import type { AccountStore } from './account-store.ts'
import type { EnterAccount } from './enter-account.ts'
import { type Identity, newId, signedInAt, withSite } from './identity.ts'
import { checkedUntil } from './sessions.ts'
import type { SignInRequest, SignInStore } from './sign-in-store.ts'

/** Signing in by a mailed link. */
export type SignIn = {
  /** Notes the request and answers with the secret of its link. Whether there is an account is not even looked at. */
  ask(request: Omit<SignInRequest, 'session'>): Promise<string>
  /** What a link is for; changes nothing. Null where it has been used or has ended. */
  look(secret: string): Promise<WaitingLink | null>
  /** Uses the link for this browser. */
  confirm(secret: string, by: Confirming): Promise<{ identity: Identity; request: SignInRequest } | null>
  /**
   * A code by which the page that the reader comes back to joins the session: on a foreign domain it has a token of its
   * own, and the cookie of the service's domain does not reach it. For a request that was confirmed.
   */
  codeFor(request: SignInRequest): Promise<string>
  /**
   * Uses a code for the page's own identity; null where it has ended, or is for pages of another origin. What was read
   * and bought follows only from where the link was asked for: a stranger's code must not take it.
   */
  exchange(
    code: string,
    by: Confirming & { origin: string },
  ): Promise<{ identity: Identity; account: string } | null>
}

export type WaitingLink = { request: SignInRequest; site: SiteRules }

/** `now` in epoch milliseconds. */
export type Confirming = { identity: Identity; userAgent: string | undefined; now: number }

export const linkLifeMs = 15 * 60_000
/** A code is used by the page that the very next redirect leads to. */
export const codeLifeMs = 60_000

export function createSignIn(parts: {
  rules: () => Rules
  signIns: SignInStore
  accounts: AccountStore
  accountName: AccountName
  enterAccount: EnterAccount
}): SignIn {
  const { rules, signIns, accounts, accountName, enterAccount } = parts

  async function accountOf({ site, email }: SignInRequest) {
    const name = await accountName(site, email)
    return { id: await accounts.accountNamed(name, newId()), name, email }
  }

  async function enter(request: SignInRequest, site: SiteRules, by: Confirming): Promise<Identity> {
    return enterAccount({ ...by, site, account: await accountOf(request), session: request.session })
  }

  /** The session has begun with the link. Who is signed in already stays so. */
  async function join({ identity, now }: Confirming, request: SignInRequest): Promise<Identity> {
    const { site, session } = request
    if (signedInAt(identity, site) !== null) return identity
    const { id } = await accountOf(request)
    return withSite(identity, { site, account: id, session, checkedUntil: checkedUntil(now) })
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

    async codeFor(request) {
      const code = randomBytes(24).toString('base64url')
      await signIns.saveLink(codeHash(code), request, codeLifeMs)
      return code
    },

    async exchange(code, by) {
      const link = codeHash(code)
      const waiting = await signIns.link(link)
      if (waiting === null || new URL(waiting.returnTo).origin !== by.origin) return null
      const request = await signIns.takeLink(link, by.identity.browser)
      const site = request === null ? undefined : rules().sites.get(request.site)
      if (request === null || site === undefined) return null
      const isOwn = by.identity.browser === request.browser
      const identity = isOwn ? await enter(request, site, by) : await join(by, request)
      await signIns.finishLink(link)
      const account = signedInAt(identity, request.site)?.account
      return account === undefined ? null : { identity, account }
    },
  }
}

/** Never equal to a link's: neither works in the other's place. */
function codeHash(code: string): string {
  return linkOf(`code ${code}`)
}

function linkOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
