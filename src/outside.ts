import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Mailer } from './mail/mail.ts'
import { createSmtpMailer } from './mail/mailer.smtp.ts'
import type { Outbox } from './sandbox/outbox/index.ts'
import type { Sandbox } from './sandbox/start.ts'
import type { Settings, StripeAccount } from './settings.ts'
import { openRedisStores } from './stores/open.redis.ts'
import { openSqliteStores } from './stores/open.sqlite.ts'
import type { Stores, StoreWatch } from './stores/stores.ts'

/** What the service works with: Stripe, a database, whoever takes mail; or what stands in for them. */
export type Outside = {
  stripe: StripeAccount
  /** Null where there is a Stripe account. */
  sandbox: Sandbox | null
  stores: Stores
  mailer: Mailer
  /** Where a person reads what was not sent; null where there is a mail server. */
  outbox: Outbox | null
  /** Epoch milliseconds. In the sandbox the clock can be moved, and the whole service lives at its time. */
  now: () => number
}

type OutsideParts = {
  settings: Settings
  log: Logger
  now: () => number
  watch: StoreWatch
  startWithinMs?: number
}

/** What it opens goes on `opened`, one by one. Rejects as `openRedisStores` does. */
export async function openOutside(parts: OutsideParts, opened: AsyncDisposableStack): Promise<Outside> {
  const { stripe, sandbox } = await stripeOrSandbox(parts)
  if (sandbox !== null) opened.defer(sandbox.close)
  const now = sandbox?.now ?? parts.now
  const stores = await openStores({ ...parts, now })
  opened.defer(stores.close)
  const { mailer, outbox, close } = await mailServerOrOutbox({ ...parts, now })
  opened.defer(close)
  return { stripe, sandbox, stores, mailer, outbox, now }
}

/** The sandbox is loaded only where there is no Stripe key. */
async function stripeOrSandbox({
  settings,
  log,
  now,
}: OutsideParts): Promise<{ stripe: StripeAccount; sandbox: Sandbox | null }> {
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

async function openStores({ settings, log, now, watch, startWithinMs }: OutsideParts): Promise<Stores> {
  const { redisUrls, storeTimeoutMs: deadlineMs } = settings
  if (redisUrls.length > 0) return openRedisStores(redisUrls, log, { deadlineMs, watch, startWithinMs })
  mkdirSync(settings.dataDir, { recursive: true })
  return openSqliteStores(join(settings.dataDir, 'newsrack.sqlite'), now)
}

/** The outbox is loaded only where there is no mail server. */
async function mailServerOrOutbox({
  settings,
  now,
}: OutsideParts): Promise<Pick<Outside, 'mailer' | 'outbox'> & { close(): void }> {
  if (settings.mail !== null) {
    const mailer = createSmtpMailer(settings.mail)
    return { mailer, outbox: null, close: mailer.close }
  }
  const { openOutbox } = await import('./sandbox/outbox/index.ts')
  mkdirSync(settings.dataDir, { recursive: true })
  const outbox = openOutbox({ file: join(settings.dataDir, 'outbox.sqlite'), now })
  return { mailer: outbox, outbox, close: outbox.close }
}
