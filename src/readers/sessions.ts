import type { AccountStore } from './account-store.ts'
import { type AtSite, type Identity, type SignedIn, withSite } from './identity.ts'
import { readerKey } from './reader-key.ts'

/**
 * The identity with what its sessions have come to: the very same object where nothing has changed. `now` is in epoch
 * milliseconds.
 */
export type CheckSessions = (identity: Identity, now: number) => Identity | Promise<Identity>

/** How long a token's word that its session runs is taken where an article is opened: the most that an ended one goes on. */
export const trustSeconds = 300

export type SessionParts = {
  accounts: Pick<AccountStore, 'seeSession'>
  /** Hears that the store could not be asked. */
  onStoreAway: (error: unknown) => void
}

/**
 * For opening articles: asks the store only when the word of the token is older than `trustSeconds`, so the decision
 * costs no more than before. Without the store the reader stays who they were.
 */
export function createTrustingCheck({ accounts, onStoreAway }: SessionParts): CheckSessions {
  return (identity, now) => {
    const { sites } = identity
    if (sites.length === 0 || !sites.some((at) => isStale(at, now))) return identity
    return checkAll(accounts, identity, { now, which: (at) => isStale(at, now) }).catch((error) => {
      onStoreAway(error)
      return identity
    })
  }
}

/** For all else, which is worth a look each time: an ended session ends here at once. Rejects without the store. */
export function createStrictCheck({ accounts }: Pick<SessionParts, 'accounts'>): CheckSessions {
  return (identity, now) =>
    identity.sites.some((at) => 'account' in at)
      ? checkAll(accounts, identity, { now, which: () => true })
      : identity
}

async function checkAll(
  accounts: SessionParts['accounts'],
  identity: Identity,
  { now, which }: { now: number; which: (at: SignedIn) => boolean },
): Promise<Identity> {
  const asked = identity.sites.filter((at) => 'account' in at).filter(which)
  const checked = await Promise.all(asked.map((at) => checkOne(accounts, at, now)))
  const changed = checked.filter((at, index) => at !== asked[index])
  return changed.toReversed().reduce(withSite, identity)
}

/** A token that was renewed a moment ago need not be renewed again. */
async function checkOne(accounts: SessionParts['accounts'], at: SignedIn, now: number): Promise<AtSite> {
  const { site, account, session } = at
  const runs = await accounts.seeSession({ reader: readerKey(site, account), session, now })
  if (!runs) return { site, signedOutAt: Math.floor(now / 1000) }
  return isStale(at, now) ? { ...at, checkedUntil: checkedUntil(now) } : at
}

/** Until when a session that was found running at `now` (epoch ms) is believed to run. */
export function checkedUntil(now: number): number {
  return Math.floor(now / 1000) + trustSeconds
}

function isStale(at: AtSite, now: number): boolean {
  return 'account' in at && at.checkedUntil * 1000 <= now
}
