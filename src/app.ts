import { Resolver } from 'node:dns/promises'
import type { RequestListener } from 'node:http'
import { Router } from 'express'
import type { Logger } from 'pino'
import { createAmp } from './amp/create-amp.routes.ts'
import { announcements } from './announcements.ts'
import { type Console, createConsole } from './console/create-console.ts'
import { type Keys, keysInForce } from './console/keys-in-force.ts'
import { consoleWebPages } from './console/web-pages.routes.ts'
import { secretsFor } from './development-secrets.ts'
import { createCrawlerCheck } from './exemptions/crawlers.ts'
import { giftRoutes } from './exemptions/gift.routes.ts'
import { giftFor } from './exemptions/gift-for.ts'
import { createGiftTokens } from './exemptions/gift-token.ts'
import { previewRoutes } from './exemptions/preview.routes.ts'
import { createPreviewTokens } from './exemptions/preview-token.ts'
import { createGrants } from './grants/create-grants.ts'
import { createClientAddress } from './http/client-address.ts'
import { createClientCountry } from './http/client-country.ts'
import { expressApp } from './http/express-app.ts'
import { createAnswerFailure } from './http/failure.ts'
import { healthRoutes } from './http/health.routes.ts'
import { hotRoutesFirst } from './http/hot-routes.ts'
import type { Route } from './http/route.ts'
import type { Job } from './jobs/job.ts'
import { startJobs } from './jobs/start-jobs.ts'
import type { Mailer } from './mail/mail.ts'
import { metricsRoutes } from './metrics/metrics.routes.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { createSoldOut } from './offers/sold-out.ts'
import { openOutside } from './outside.ts'
import { accessRoutes, type Decided } from './paywall/access.routes.ts'
import { explainRoutes } from './paywall/explain.routes.ts'
import { recordDecisions } from './paywall/record-decisions.ts'
import type { Rules } from './paywall/rules.ts'
import { rulesInForce } from './publishing/rules-in-force.ts'
import { createReaders } from './readers/create-readers.ts'
import { createSiteKeys } from './readers/site-keys.ts'
import { createReports, type Reports } from './reports/create-reports.ts'
import type { Settings, SiteKey, StripeAccount } from './settings.ts'
import type { Followed } from './stores/follow.ts'
import type { Stores } from './stores/stores.ts'
import { createStripeCatalogue } from './subscriptions/catalogue.stripe.ts'
import { createStripePayments } from './subscriptions/payments.stripe.ts'
import { createSubscriptions } from './subscriptions/subscriptions.ts'

/** The whole service, wired; it does not listen yet. */
export type Newsrack = {
  handle: RequestListener
  /** What whoever starts it should know, a line each. */
  announcements: readonly string[]
  close(): Promise<void>
}

/** What the service is made of. `now` gives epoch milliseconds; `startWithinMs`: how long Redis has to answer at the start. */
export type NewsrackParts = {
  settings: Settings
  log: Logger
  now: () => number
  startWithinMs?: number
}

/** Puts the service together. Rejects with ConfigurationError, or with what the store said if it does not answer. */
export async function createNewsrack(parts: NewsrackParts): Promise<Newsrack> {
  const opened = new AsyncDisposableStack()
  try {
    const wiring = await wired(parts, opened)
    return { ...wiring, close: () => opened.disposeAsync() }
  } catch (error) {
    // Why it could not start is told, not what came of it in closing.
    await opened.disposeAsync().catch((failure) => {
      parts.log.warn({ error: failure }, 'not everything could be closed after a start that failed')
    })
    throw error
  }
}

/** What runs, or is to be closed, goes on `opened` at once, which is closed from its end, also if the start fails half-way. */
async function wired(parts: NewsrackParts, opened: AsyncDisposableStack): Promise<Omit<Newsrack, 'close'>> {
  const { settings, log } = parts
  const metrics = createMetrics()
  const { stripe, sandbox, stores, mailer, outbox, now } = await openOutside(
    { ...parts, watch: metrics },
    opened,
  )
  const crawlers = createCrawlerCheck({ resolver: new Resolver({ timeout: 1000, tries: 2 }), now, log })
  const inForce = await stores.atStart(() =>
    rulesInForce({
      directory: settings.configDir,
      store: stores.versions,
      serviceUrl: settings.publicUrl,
      crawlers,
      watch: metrics,
      log,
      now: now(),
    }),
  )
  opened.defer(inForce.stop)
  const rules = inForce.current
  const { secrets, siteKeys, ownKey } = secretsFor(settings, rules())
  const keys = await stores.atStart(() => keysInForce(stores.apiKeys, log))
  opened.defer(keys.stop)
  const consoleParts = {
    settings,
    stores,
    rules: inForce,
    keys,
    ownKey,
    secrets,
    crawlers,
    addressOf: createClientAddress(settings.trustProxy),
    mailer,
    catalogue: createStripeCatalogue(stripe),
    log,
    now,
  }
  const desk = await stores.atStart(() => createConsole(consoleParts))

  const reports = createReports({ stores, rules, secret: secrets[0] ?? '', log })
  opened.defer(reports.stop)
  const { hot, routes, pages, jobs, settled } = routeTable({
    settings,
    log,
    now,
    metrics,
    stores,
    rules,
    secrets,
    siteKeys,
    keys,
    desk,
    reports,
    stripe,
    mailer,
  })
  opened.defer(settled)
  const answerFailure = createAnswerFailure({ log, isStoreAway: stores.isAway })
  const running = startJobs({
    jobs: [...jobs, ...desk.jobs],
    leases: stores.leases,
    now,
    log,
    onRun: metrics.jobRan,
  })
  opened.defer(running.stop)
  sandbox?.onTimePassing(() => running.catchUp())
  return {
    handle: hotRoutesFirst({
      hot,
      others: expressApp({
        trustProxy: settings.trustProxy,
        serviceUrl: settings.publicUrl,
        origins: () => rules().origins,
        routes: [...hot, ...routes],
        pages: [
          ...pages,
          consoleWebPages(),
          ...(outbox === null ? [] : [Router().use('/sandbox/outbox', outbox.pages)]),
          ...(sandbox === null ? [] : [sandbox.pages(demoPaperOf(siteKeys, rules))]),
        ],
        answerFailure,
      }),
      answerFailure,
    }),
    announcements: [
      ...announcements({ settings, sandbox: sandbox !== null, outbox: outbox !== null }),
      ...desk.announcements,
    ],
  }
}

const demoSite = 'demo'

/** What the demonstration newspaper has of us: the key of its site, and whether its pages are to hold only the lead. */
function demoPaperOf(siteKeys: readonly SiteKey[], rules: () => Rules) {
  return {
    site: demoSite,
    siteKey: siteKeys.find(({ site }) => site === demoSite)?.key ?? '',
    withholdsText: () => rules().sites.get(demoSite)?.site.grants !== undefined,
  }
}

/** Every route of the API, those that each article calls first; and the reader's pages. */
function routeTable(options: {
  settings: Settings
  log: Logger
  now: () => number
  metrics: Metrics
  stores: Stores
  rules: () => Rules
  secrets: readonly string[]
  siteKeys: readonly SiteKey[]
  keys: Followed<Keys>
  desk: Console
  reports: Reports
  stripe: StripeAccount
  mailer: Mailer
}): {
  hot: Route[]
  routes: Route[]
  pages: Router[]
  jobs: readonly Job[]
  settled(): Promise<void>
} {
  const { settings, log, now, metrics, stores, stripe } = options
  const { meter, subscriptions } = stores
  const addressOf = createClientAddress(settings.trustProxy)
  const payments = createStripePayments({ ...stripe, serviceUrl: settings.publicUrl })
  const readers = createReaders({
    rules: options.rules,
    secrets: options.secrets,
    siteKey: createSiteKeys(options.siteKeys, () => options.keys.current().siteKeys),
    signInSecrets: settings.signInSecrets,
    mailer: options.mailer,
    payments,
    serviceUrl: settings.publicUrl,
    secureCookies: settings.publicUrl.protocol === 'https:',
    stores,
    addressOf,
    log,
    now,
  })
  const shared = {
    rules: options.rules,
    identify: readers.identify,
    addressOf,
    countryOf: createClientCountry(settings.countryHeader),
    isSoldOut: createSoldOut({
      redemptions: (offer) => subscriptions.redemptions(offer),
      now,
      onFailure: (error) => log.debug({ error }, 'what is left of an offer could not be counted'),
    }),
    secureCookies: settings.publicUrl.protocol === 'https:',
    now,
    log,
  }
  const giftTokens = createGiftTokens(options.secrets)
  const previewTokens = createPreviewTokens(options.secrets)
  const recordDecision = recordDecisions({ store: stores.decisions, log, now })
  const grants = createGrants({ secrets: options.secrets, serviceUrl: settings.publicUrl, now })
  const deciding = {
    ...shared,
    identify: readers.identifyAtOnce,
    meter,
    giftFor: giftFor({ store: stores.gifts, tokens: giftTokens }),
    isStaff: previewTokens.isStaff,
    boughtOffers: (reader: string) => subscriptions.boughtOffers(reader),
    signGrant: grants.signGrant,
    onStoreAway: (error: unknown) => log.debug({ error }, 'the store could not be asked for a decision'),
    onDecided(decided: Decided) {
      const { count, asked, answer } = decided
      const site = asked.site.site.id
      if (log.isLevelEnabled('debug')) {
        log.debug({ site, count, reader: asked.reader, article: asked.body.article.id, answer }, 'decision')
      }
      recordDecision(decided)
      metrics.decided({ site, route: count ? 'views' : 'access', reason: answer.reason })
      metrics.answered(decided.seconds)
      options.reports.record(decided)
    },
  }
  const buying = createSubscriptions({
    ...shared,
    readerSection: readers.section,
    deleteReader: readers.deleteReader,
    meter,
    stores,
    payments,
    sales: options.reports.sales,
    metrics,
    mailer: options.mailer,
    serviceUrl: settings.publicUrl,
    secrets: options.secrets,
  })
  const amp = createAmp({ ...deciding, ampLinks: stores.ampLinks, serviceUrl: settings.publicUrl })
  const routes = [
    ...explainRoutes({ ...deciding, mayAskAsPerson: options.desk.mayAskAsPerson }),
    ...options.desk.routes,
    ...grants.routes,
    ...amp.routes,
    ...buying.routes,
    ...giftRoutes({
      ...shared,
      gifts: stores.gifts,
      giftTokens,
      subscriptions,
    }),
    ...previewRoutes({ ...shared, previewTokens }),
    ...readers.routes,
    ...healthRoutes({ ping: stores.ping, log }),
    ...metricsRoutes({ metrics, token: settings.metricsToken }),
  ]
  return {
    hot: accessRoutes(deciding),
    routes,
    pages: [...readers.pages, buying.pages, amp.pages],
    jobs: buying.jobs,
    settled: readers.close,
  }
}
