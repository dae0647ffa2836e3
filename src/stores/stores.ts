import type { AmpLinkStore } from '../amp/amp-link-store.ts'
import type { ApiKeyStore } from '../console/api-key-store.ts'
import type { PeopleStore } from '../console/people-store.ts'
import type { SessionStore } from '../console/session-store.ts'
import type { GiftStore } from '../exemptions/gift-store.ts'
import type { LeaseStore } from '../jobs/lease-store.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { NoticeStore } from '../notices/notice-store.ts'
import type { DecisionStore } from '../paywall/decision-store.ts'
import type { DraftStore } from '../publishing/draft-store.ts'
import type { VersionStore } from '../publishing/version-store.ts'
import type { AccountStore } from '../readers/account-store.ts'
import type { SignInStore } from '../readers/sign-in-store.ts'
import type { ReportStore } from '../reports/report-store.ts'
import { StartError } from '../start-error.ts'
import type { MakeLimiter } from '../subscriptions/checkout-limit.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import type { TrafficStore } from '../what-if/traffic-store.ts'

/** All that a deployment keeps, in one database. */
export type Stores = {
  name: 'redis' | 'sqlite'
  meter: MeterStore
  subscriptions: SubscriptionStore
  gifts: GiftStore
  accounts: AccountStore
  signIns: SignInStore
  ampLinks: AmpLinkStore
  versions: VersionStore
  decisions: DecisionStore
  drafts: DraftStore
  people: PeopleStore
  sessions: SessionStore
  apiKeys: ApiKeyStore
  leases: LeaseStore
  notices: NoticeStore
  reports: ReportStore
  traffic: TrafficStore
  makeLimiter: MakeLimiter
  /** Whether an error says that the database is away, and not that a question was wrong. */
  isAway(error: unknown): boolean
  /**
   * A step of the start, taken again while the database does not answer, until the time for the start is over. So it has to
   * be one that may be taken twice, also where only its answer was lost.
   */
  atStart<T>(step: () => Promise<T>): Promise<T>
  /** Resolves when the database answers. */
  ping(): Promise<void>
  close(): Promise<void>
}

/**
 * How a database failed to serve: no answer in time, no connection, a reply that it cannot serve now, or the question
 * was not even sent, as nothing had been answered for a while.
 */
export type StoreFailure = 'timeout' | 'connection' | 'refused' | 'breaker'

/** Who wants to hear of it. */
export type StoreWatch = {
  storeFailed(kind: StoreFailure): void
  storeAway(isAway: boolean): void
}

/** The database was not there at the start. */
export class StoreAbsent extends StartError {
  override name = 'StoreAbsent'
}
