import { Resolver } from 'node:dns/promises'
import { mkdirSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
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
import { createSmtpMailer } from './mail/mailer.smtp.ts'
import { metricsRoutes } from './metrics/metrics.routes.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { createSoldOut } from './offers/sold-out.ts'
import { accessRoutes, type Decided } from './paywall/access.routes.ts'
import { explainRoutes } from './paywall/explain.routes.ts'
import { recordDecisions } from './paywall/record-decisions.ts'
import type { Rules } from './paywall/rules.ts'
import { rulesInForce } from './publishing/rules-in-force.ts'
import { createReaders } from './readers/create-readers.ts'
import { createSiteKeys } from './readers/site-keys.ts'
import { createReports, type Reports } from './reports/create-reports.ts'
import type { Sandbox } from './sandbox/start.ts'
import type { Settings, SiteKey, StripeAccount } from './settings.ts'
import type { Followed } from './stores/follow.ts'
import { openRedisStores } from './stores/open.redis.ts'
import { openSqliteStores } from './stores/open.sqlite.ts'
import type { Stores, StoreWatch } from './stores/stores.ts'
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

/** What the service is made of. `now` gives epoch milliseconds. */
export type NewsrackParts = { settings: Settings; log: Logger; now: () => number }

/** Puts the service together. Rejects with ConfigurationError, or with what the store said if it does not answer. */
export async function createNewsrack(parts: NewsrackParts): Promise<Newsrack> {
  const { stripe, sandbox } = await stripeOrSandbox(parts)
  try {
    // In the sandbox the clock can be moved, and the whole service lives at its time.
    return await wired({ ...parts, now: sandbox?.now ?? parts.now }, { stripe, sandbox })
  } catch (error) {
    await sandbox?.close()
    throw error
  }
}

async function wired(
  { settings, log, now }: NewsrackParts,
  { stripe, sandbox }: { stripe: StripeAccount; sandbox: Sandbox | null },
): Promise<Newsrack> {
  const metrics = createMetrics()
  const stores = await openStores({ settings, log, now }, metrics)
  const crawlers = createCrawlerCheck({ resolver: new Resolver({ timeout: 1000, tries: 2 }), now, log })
  const inForce = await rulesInForce({
    directory: settings.configDir,
    store: stores.versions,
    serviceUrl: settings.publicUrl,
    crawlers,
    watch: metrics,
    log,
    now: now(),
  })
  const rules = inForce.current
  const { secrets, siteKeys, ownKey } = secretsFor(settings, rules())
  const mail = await mailServerOrOutbox({ settings, now })
  const keys = await keysInForce(stores.apiKeys, log)
  const desk = await createConsole({
    settings,
    stores,
    rules: inForce,
    keys,
    ownKey,
    secrets,
    crawlers,
    addressOf: createClientAddress(settings.trustProxy),
    mailer: mail.mailer,
    catalogue: createStripeCatalogue(stripe),
    log,
    now,
  })

  const reports = createReports({ stores, rules, secret: secrets[0] ?? '', log })
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
    mailer: mail.mailer,
  })
  const answerFailure = createAnswerFailure({ log, isStoreAway: stores.isAway })
  const running = startJobs({
    jobs: [...jobs, ...desk.jobs],
    leases: stores.leases,
    now,
    log,
    onRun: metrics.jobRan,
  })
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
          ...(mail.outbox === null ? [] : [mail.outbox]),
          ...(sandbox === null ? [] : [sandbox.pages(demoPaperOf(siteKeys, rules))]),
        ],
        answerFailure,
      }),
      answerFailure,
    }),
    announcements: [
      ...announcements({ settings, sandbox: sandbox !== null, outbox: mail.outbox !== null }),
      ...desk.announcements,
    ],
    async close() {
      inForce.stop()
      await reports.stop()
      keys.stop()
      await running.stop()
      await settled()
      mail.close()
      await sandbox?.close()
      await stores.close()
    },
  }
}

async function openStores({ settings, log, now }: NewsrackParts, watch: StoreWatch): Promise<Stores> {
  const { redisUrls, storeTimeoutMs } = settings
  if (redisUrls.length > 0) return openRedisStores(redisUrls, log, { deadlineMs: storeTimeoutMs, watch })
  mkdirSync(settings.dataDir, { recursive: true })
  return openSqliteStores(join(settings.dataDir, 'newsrack.sqlite'), now)
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

/** The sandbox is loaded only where there is no Stripe key. */
async function stripeOrSandbox({
  settings,
  log,
  now,
}: NewsrackParts): Promise<{ stripe: StripeAccount; sandbox: Sandbox | null }> {
  if (settings.stripe !== null) return { stripe: settings.stripe, sandbox: null }
  const { startSandbox } = await import('./sandbox/start.ts')
  const sandbox = await startSandbox({
    dataDir: settings.dataDir,
    serviceUrl: settings.publicUrl,
    port: settings.port,
    now,
    log: (message) => log.info(message),
  })
  return { stripe: sandbox.stripe, sandbox }
}

/** Who takes mail, and where a person reads what was not sent: the outbox is loaded only where there is no mail server. */
type Mail = { mailer: Mailer; outbox: Router | null; close(): void }

async function mailServerOrOutbox({ settings, now }: Pick<NewsrackParts, 'settings' | 'now'>): Promise<Mail> {
  if (settings.mail !== null) {
    const mailer = createSmtpMailer(settings.mail)
    return { mailer, outbox: null, close: mailer.close }
  }
  const { openOutbox } = await import('./sandbox/outbox/index.ts')
  mkdirSync(settings.dataDir, { recursive: true })
  const outbox = openOutbox({ file: join(settings.dataDir, 'outbox.sqlite'), now })
  return { mailer: outbox, outbox: Router().use('/sandbox/outbox', outbox.pages), close: outbox.close }
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
