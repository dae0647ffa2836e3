import { DatabaseSync } from 'node:sqlite'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { createSqliteAmpLinkStore } from '../amp/amp-link-store.sqlite.ts'
import { createSqliteApiKeyStore } from '../console/api-key-store.sqlite.ts'
import { createSqlitePeopleStore } from '../console/people-store.sqlite.ts'
import { createSqliteSessionStore } from '../console/session-store.sqlite.ts'
import { createSqliteGiftStore } from '../exemptions/gift-store.sqlite.ts'
import { createSqliteLeaseStore } from '../jobs/lease-store.sqlite.ts'
import { createSqliteMeterStore } from '../metering/meter-store.sqlite.ts'
import { createSqliteNoticeStore } from '../notices/notice-store.sqlite.ts'
import { createSqliteDecisionStore } from '../paywall/decision-store.sqlite.ts'
import { createSqliteDraftStore } from '../publishing/draft-store.sqlite.ts'
import { createSqliteVersionStore } from '../publishing/version-store.sqlite.ts'
import { createSqliteAccountStore } from '../readers/account-store.sqlite.ts'
import { createSqliteSignInStore } from '../readers/sign-in-store.sqlite.ts'
import { createSqliteReportStore } from '../reports/report-store.sqlite.ts'
import { createSqliteSubscriptionStore } from '../subscriptions/subscription-store.sqlite.ts'
import { createSqliteTrafficStore } from '../what-if/traffic-store.sqlite.ts'
import type { Stores } from './stores.ts'

/**
 * The embedded database: one file for one process, durable across restarts; `:memory:` keeps nothing. `now` gives epoch
 * milliseconds.
 */
export function openSqliteStores(file: string, now: () => number): Stores {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 1000')
  const subscriptions = createSqliteSubscriptionStore(database, now)
  return {
    name: 'sqlite',
    subscriptions,
    meter: createSqliteMeterStore(database, now),
    gifts: createSqliteGiftStore(database, now),
    accounts: createSqliteAccountStore(database),
    signIns: createSqliteSignInStore(database, now),
    ampLinks: createSqliteAmpLinkStore(database, now),
    versions: createSqliteVersionStore(database),
    decisions: createSqliteDecisionStore(database, now),
    drafts: createSqliteDraftStore(database),
    people: createSqlitePeopleStore(database),
    sessions: createSqliteSessionStore(database, now),
    apiKeys: createSqliteApiKeyStore(database),
    leases: createSqliteLeaseStore(database, now),
    notices: createSqliteNoticeStore(database),
    reports: createSqliteReportStore(database),
    traffic: createSqliteTrafficStore(database),
    makeLimiter: (limit) => new RateLimiterMemory(limit),
    isAway: () => false,
    atStart: (step) => step(),
    async ping() {
      database.exec('SELECT 1')
    },
    async close() {
      database.close()
    },
  }
}
