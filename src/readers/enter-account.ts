import type { AmpLinkStore } from '../amp/amp-link-store.ts'
import { meterBounds } from '../metering/meter-question.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { SiteRules } from '../paywall/rules.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import type { Account, AccountStore } from './account-store.ts'
import { deviceOf } from './device.ts'
import { type Identity, signedInAt, signedOutAt, withSite } from './identity.ts'
import { readerKey } from './reader-key.ts'
import { checkedUntil } from './sessions.ts'

/** A reader who has proved who they are. `session` names the session that begins, so that repeating begins no second. */
export type Entering = {
  identity: Identity
  site: SiteRules
  account: { id: string } & Pick<Account, 'name' | 'email'>
  session: string
  userAgent: string | undefined
  /** Epoch milliseconds. */
  now: number
}

export type EnterAccount = (entering: Entering) => Promise<Identity>

export type EnterAccountParts = {
  accounts: AccountStore
  meter: MeterStore
  subscriptions: Pick<SubscriptionStore, 'moveReader'>
  ampLinks: Pick<AmpLinkStore, 'moveReader'>
}

/**
 * Signs a browser in to an account: what it has read and bought follows the reader in (spec rule 9), then a session
 * begins. The identity that comes of it is the last thing to exist, and each step may be repeated: should the process
 * die half-way, signing in again completes it. Who is signed in to the account already stays so.
 */
export function createEnterAccount(parts: EnterAccountParts): EnterAccount {
  const { accounts, meter, subscriptions, ampLinks } = parts
  return async ({ identity, site, account, session, userAgent, now }) => {
    const present = signedInAt(identity, site.site.id)
    if (present !== null && present.account === account.id) return identity
    const left = present === null ? identity : await leaveAccount(accounts, identity, site.site.id, now)

    const from = readerKey(site.site.id, identity.browser)
    const into = readerKey(site.site.id, account.id)
    await accounts.saveAccount(into, { name: account.name, email: account.email, sinceMs: now })
    await meter.mergeReaders({ from, into, ...mergeOf(left, site, now) })
    await subscriptions.moveReader(from, into)
    await ampLinks.moveReader(from, into)
    await accounts.startSession(into, {
      id: session,
      device: deviceOf(userAgent),
      startedMs: now,
      seenMs: now,
    })
    return withSite(left, {
      site: site.site.id,
      account: account.id,
      session,
      checkedUntil: checkedUntil(now),
    })
  }
}

/**
 * Ends the session of a browser at a site, if there is one. The browser becomes the anonymous reader that it was before:
 * its own free articles are not begun anew, and what it read until now is not given to whoever signs in next.
 */
export async function leaveAccount(
  accounts: Pick<AccountStore, 'endSession'>,
  identity: Identity,
  site: string,
  now: number,
): Promise<Identity> {
  const present = signedInAt(identity, site)
  if (present === null) return identity
  await accounts.endSession(readerKey(site, present.account), present.session)
  return withSite(identity, { site, signedOutAt: Math.floor(now / 1000) })
}

function mergeOf(identity: Identity, { site, meters, retainSeconds }: SiteRules, now: number) {
  return {
    sinceSeconds: signedOutAt(identity, site.id),
    meters: meters.map((meter) => meterBounds(meter, { registered: true, now })),
    retainSeconds,
  }
}
