import type { Logger } from 'pino'
import type { CrawlerCheck } from '../exemptions/crawlers.ts'
import type { ClientAddress } from '../http/client-address.ts'
import { Problem } from '../http/problem.ts'
import type { Route, RoutedRequest } from '../http/route.ts'
import type { Job } from '../jobs/job.ts'
import type { Mailer } from '../mail/mail.ts'
import type { Rules } from '../paywall/rules.ts'
import { publishScheduled } from '../publishing/publish-scheduled.ts'
import { createPublisher } from '../publishing/publisher.ts'
import type { Settings } from '../settings.ts'
import type { Followed } from '../stores/follow.ts'
import type { Stores } from '../stores/stores.ts'
import type { Catalogue } from '../subscriptions/catalogue.ts'
import { createIdentifyActor } from './actor.ts'
import { decisionRoutes } from './decisions.routes.ts'
import { draftRoutes } from './drafts.routes.ts'
import { createDrafts } from './drafts.ts'
import { entryRoutes } from './entries.routes.ts'
import { experimentRoutes } from './experiments.routes.ts'
import { createFirstAdminToken } from './first-admin.ts'
import { keyRoutes } from './keys.routes.ts'
import { createScriptOf, type Keys } from './keys-in-force.ts'
import { kindRoutes } from './kinds.routes.ts'
import { myAccountRoutes } from './my-account.routes.ts'
import { peopleRoutes } from './people.routes.ts'
import { previewRoutes } from './preview.routes.ts'
import { reportRoutes } from './reports.routes.ts'
import { salesRoutes } from './sales.routes.ts'
import { createSales } from './sales.ts'
import { createSessions } from './sessions.ts'
import { signInRoutes } from './sign-in.routes.ts'
import { createSignInLimit } from './sign-in-limit.ts'
import { callbackPath, singleSignOnRoutes } from './single-sign-on.routes.ts'
import { createSingleSignOn } from './single-sign-on.ts'
import { versionRoutes } from './versions.routes.ts'

import { watchExperiments } from './watch-experiments.ts'
import { whatIfRoutes } from './what-if.routes.ts'

export type ConsoleParts = {
  settings: Settings
  stores: Stores
  rules: Followed<Rules>
  keys: Followed<Keys>
  /** The key that development makes for itself; null in production. */
  ownKey: string | null
  secrets: readonly string[]
  crawlers: CrawlerCheck
  addressOf: ClientAddress
  mailer: Mailer
  catalogue: Catalogue
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

/** The console's API, and what of it runs by itself. */
export type Console = {
  routes: Route[]
  jobs: Job[]
  /** Whether somebody may ask as one of the console's people; a Problem says why not. */
  mayAskAsPerson: (request: RoutedRequest) => Promise<true | Problem>
  /** What whoever starts the service should know. */
  announcements: string[]
}

export async function createConsole(parts: ConsoleParts): Promise<Console> {
  const { settings, stores, rules, keys, crawlers, addressOf, mailer, catalogue, log, now } = parts
  const { versions, people } = stores
  const { publicUrl: serviceUrl, needsApproval } = settings
  const secureCookies = serviceUrl.protocol === 'https:'
  const sessions = createSessions({ people, sessions: stores.sessions, secureCookies, now })
  const scriptOf = createScriptOf(keys.current, parts.ownKey)
  const identify = createIdentifyActor({ sessions, scriptOf, serviceUrl })
  const sales = createSales({ catalogue, serviceUrl, crawlers, now })
  const publisher = createPublisher({
    versions,
    needsApproval,
    prepareSales: sales.prepare,
    refreshRules: rules.refresh,
    now,
  })
  const drafts = createDrafts({ drafts: stores.drafts, versions, now })
  const firstAdmin = createFirstAdminToken(parts.secrets, await versions.firstStart(now()))
  const shared = {
    people,
    sessionStore: stores.sessions,
    sessions,
    identify,
    limit: createSignInLimit(stores.makeLimiter),
    mailer,
    serviceUrl,
    log,
    now,
  }
  const account = settings.singleSignOn
  const singleSignOn = account && {
    account,
    provider: createSingleSignOn(account, new URL(callbackPath, serviceUrl)),
  }
  const hasSingleSignOn = singleSignOn !== null

  return {
    routes: [
      ...signInRoutes({ ...shared, firstAdmin, addressOf, hasSingleSignOn, needsApproval }),
      ...singleSignOnRoutes({ ...shared, singleSignOn, secureCookies }),
      ...myAccountRoutes(shared),
      ...peopleRoutes(shared),
      ...keyRoutes({
        identify,
        apiKeys: stores.apiKeys,
        refreshKeys: keys.refresh,
        rules: rules.current,
        now,
      }),
      ...kindRoutes({ identify }),
      ...draftRoutes({ identify, drafts, store: stores.drafts, versions, publisher, needsApproval, now }),
      ...entryRoutes({ identify, drafts }),
      ...versionRoutes({ identify, versions, drafts: stores.drafts, publisher }),
      ...whatIfRoutes({
        identify,
        drafts,
        versions,
        traffic: stores.traffic,
        rules: rules.current,
        serviceUrl,
        crawlers,
        now,
      }),
      ...experimentRoutes({ identify, reports: stores.reports, versions, rules: rules.current, now }),
      ...reportRoutes({ identify, reports: stores.reports, rules: rules.current, now }),
      ...salesRoutes({ identify, drafts, sales, catalogue }),
      ...decisionRoutes({ identify, decisions: stores.decisions }),
      ...previewRoutes({ identify, drafts, versions, serviceUrl, crawlers, now }),
    ],
    jobs: [
      publishScheduled({ drafts: stores.drafts, versions, publisher, log, now }),
      watchExperiments({ rules: rules.current, reports: stores.reports, publisher, log, now }),
    ],
    async mayAskAsPerson(request) {
      const actor = await identify(request)
      return actor instanceof Problem ? actor : true
    },
    announcements: await announce(stores, new URL(`/console/set-up#${firstAdmin.token}`, serviceUrl)),
  }
}

/** No password is ever made up: whoever reads the log of the first start chooses theirs. */
async function announce({ people }: Stores, setUp: URL): Promise<string[]> {
  const isEmpty = (await people.people()).length === 0
  return isEmpty ? [`Console: nobody may work there yet. Make the first admin, once, at ${setUp.href}`] : []
}
