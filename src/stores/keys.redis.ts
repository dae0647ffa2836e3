/**
 * The keys of the stores; the limit on attempts to buy has its own, which docs/redis.md tells. What a reader owns carries
 * the reader as its hash tag, so that one reader lives in one Cluster slot and one script may touch all of it. `reader`
 * is the key of `readerKey()`.
 */
export const keys = {
  /** Expires by itself; see views.ts. */
  views: (reader: string) => `v:{${reader}}`,
  /** Expire with the gift, what its maker has made with the month; see gift-store.ts. */
  gift: (id: string) => `gift:{${id}}`,
  giftReaders: (id: string) => `gift-readers:{${id}}`,
  giftsOf: (reader: string) => `gifts-of:{${reader}}`,
  giftsMade: (reader: string) => `gifts-made:{${reader}}`,
  /** Expire with the link, and 400 days after a session was last seen; see sign-in-store.ts, account-store.ts. */
  signIn: (link: string) => `sign-in:{${link}}`,
  sessions: (reader: string) => `sessions:{${reader}}`,
  /** Expire 400 days after the reader has connected it; see amp-link-store.ts. */
  ampLink: (ampReader: string) => `amp:{${ampReader}}`,
  ampReadersOf: (reader: string) => `amp-readers-of:{${reader}}`,
  /** Expires with its lease. */
  turn: (reader: string) => `turn:{${reader}}`,
  /** Expire after `keptDays`; see report-store.redis.ts. */
  reportCounts: (site: string, day = '…') => `report:{${site}}:${day}`,
  reportSales: (site: string, day = '…') => `report-sales:{${site}}:${day}`,
  reportReaders: (site: string, slice = '…') => `report-readers:{${site}}:${slice}`,
  /** Expire after `keptTrafficDays`; see traffic-store.ts. */
  traffic: (site: string, day = '…', layer: number | '…' = '…') => `traffic:{${site}}:${day}:${layer}`,
  trafficHalvings: (site: string, day = '…') => `traffic-halvings:{${site}}:${day}`,
  /** Expires after a quarter of an hour. */
  decision: (id: string) => `decision:${id}`,
  /** The rest lasts. */
  access: (reader: string) => `access:{${reader}}`,
  buyer: (reader: string) => `buyer:{${reader}}`,
  attempt: (id: string) => `attempt:{${id}}`,
  account: (reader: string) => `account:{${reader}}`,
  accountName: (name: string) => `account-name:{${name}}`,
  accountNameKey: 'account-names:key',
  openAttempts: 'attempts:open',
  consents: (site: string) => `consents:{${site}}`,
  redemptions: (offer: string) => `redemptions:{${offer}}`,
  liveSubscriptions: 'subscriptions:live',
  ticket: 'sync:ticket',
  job: (name: string) => `job:{${name}}`,
  notices: (subscription: string) => `notices:{${subscription}}`,
  noticesDue: 'notices:due',
  reconciled: 'sync:reconciled',
  versions: 'config:{config}:versions',
  firstStart: 'config:{config}:first-start',
  drafts: 'config:{config}:drafts',
  closedDrafts: 'config:{config}:closed-drafts',
  audit: 'config:{config}:audit',
  people: 'console:{console}:people',
  peopleNames: 'console:{console}:people-names',
  apiKeys: 'console:{console}:api-keys',
  apiKeysRevision: 'console:{console}:api-keys-revision',
  /** Expire with the session, and with the link. */
  session: (hash: string) => `console:{console}:session:${hash}`,
  sessionsOf: (person: string) => `console:{console}:sessions-of:${person}`,
  consoleLink: (hash: string) => `console:{console}:link:${hash}`,
}
