import { randomBytes } from 'node:crypto'

/** Who a browser says it is, by the token of ours that it carries. Times are epoch seconds. */
export type Identity = {
  /** The reader wherever nobody is signed in: 96 random bits, 16 characters. The same on every site of a deployment. */
  browser: string
  /** What has been signed in to or out of, site by site, the latest first. */
  sites: readonly AtSite[]
  /** Whether this reader came late among the new readers of their network; see newcomers.ts. */
  newcomer: Newcomer | null
}

export type AtSite = SignedIn | SignedOut

/** `account` is a reader id. That the session still runs is believed until `checkedUntil`. */
export type SignedIn = { site: string; account: string; session: string; checkedUntil: number }

/** What the browser read before `signedOutAt` belongs to whoever was signed in, and follows nobody else in. */
export type SignedOut = { site: string; signedOutAt: number }

/** Which of the new readers of a network on one day this is, and when they came. */
export type Newcomer = { nth: number; at: number }

/** A token must fit into a cookie; further sites push out those where nothing happened for longest. */
const mostSites = 8

/** 96 random bits: the id of a browser, an account or a session. */
export function newId(): string {
  return randomBytes(12).toString('base64url')
}

/** A reader nobody has met before. */
export function newIdentity(newcomer: Newcomer | null = null): Identity {
  return { browser: newId(), sites: [], newcomer }
}

export function signedInAt({ sites }: Identity, site: string): SignedIn | null {
  const at = sites.find((each) => each.site === site)
  return at !== undefined && 'account' in at ? at : null
}

/** The instant up to which what the browser has read is somebody’s already; 0 where nobody has signed out. */
export function signedOutAt({ sites }: Identity, site: string): number {
  const at = sites.find((each) => each.site === site)
  return at !== undefined && 'signedOutAt' in at ? at.signedOutAt : 0
}

export function withSite(identity: Identity, at: AtSite): Identity {
  const others = identity.sites.filter(({ site }) => site !== at.site)
  return { ...identity, sites: [at, ...others].slice(0, mostSites) }
}
