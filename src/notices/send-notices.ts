import type { Logger } from 'pino'
import type { Job } from '../jobs/job.ts'
import type { Mail, Mailer } from '../mail/mail.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Rules } from '../paywall/rules.ts'
import type { Site } from '../paywall/site.ts'
import { wentBack } from '../subscriptions/access.ts'
import type { Attempt } from '../subscriptions/attempt.ts'
import type { GiftLink } from '../subscriptions/gift-code.ts'
import type { Payments } from '../subscriptions/payments.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import { composeGiftNotice } from './compose-gift-notice.ts'
import { composeNotice } from './compose-notice.ts'
import { judgeNotice, type Verdict } from './judge-notice.ts'
import type { LoggedNotice, NoticeKind, SubscriptionNoticeKind } from './notice.ts'
import type { NoticeName, NoticeStore } from './notice-store.ts'

export type SendingParts = {
  notices: NoticeStore
  subscriptions: Pick<SubscriptionStore, 'attempt' | 'access' | 'customer'>
  payments: Pick<Payments, 'subscription' | 'email' | 'checkout'>
  giftLink: GiftLink
  mailer: Mailer
  rules: () => Rules
  serviceUrl: URL
  metrics: Pick<Metrics, 'noticeHandled'>
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Epoch milliseconds. */
  now: () => number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** After each failure it is tried again so much later; after the last it is given up. Two days in all. */
const retryAfterMs = [minuteMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 6 * hourMs, 12 * hourMs, 24 * hourMs]

/** A process that dies while it sends keeps a notice from the others for so long. */
const holdMs = 10 * minuteMs

const atOnce = 5

/** Writes to everybody who is to be written to. What cannot be sent now stays for later. */
export function sendNoticesJob(parts: SendingParts): Job {
  return {
    name: 'notices',
    everyMs: 5000,
    async run() {
      let due: NoticeName[]
      do {
        due = await parts.notices.dueNotices(parts.now(), atOnce)
        await Promise.all(due.map((name) => attendNotice(parts, name)))
      } while (due.length === atOnce)
    },
  }
}

async function attendNotice(parts: SendingParts, name: NoticeName): Promise<void> {
  const { notices, metrics, log, now } = parts
  const nowMs = now()
  const notice = await notices.takeNotice(name, { nowMs, holdMs: nowMs + holdMs })
  if (notice === null) return
  const { id, kind, tries } = notice
  try {
    const verdict = await handle(parts, notice)
    if (verdict.act === 'wait') {
      return await notices.putOffNotice(name, { dueMs: verdict.untilMs, failed: false })
    }
    const outcome = verdict.act === 'send' ? 'sent' : 'dropped'
    await notices.endNotice(name, { outcome, atMs: now(), tries })
    metrics.noticeHandled({ kind, outcome })
    log.info({ notice: id, outcome }, 'notice')
  } catch (error) {
    await putOff(parts, notice, error)
  }
}

/** Rejects where Stripe, the store or the mail server could not do their part. */
async function handle(parts: SendingParts, notice: LoggedNotice): Promise<Verdict> {
  const rules = parts.rules()
  const attempt = await parts.subscriptions.attempt(notice.attempt)
  const site = attempt === null ? undefined : rules.sites.get(attempt.site)?.site
  if (attempt === null || site === undefined) return { act: 'drop' }
  const accountUrl = new URL('/account', parts.serviceUrl)
  if (rules.onlySite === null) accountUrl.searchParams.set('site', site.id)
  const { kind } = notice
  return kind === 'gift'
    ? sendAboutGift(parts, { notice, attempt, site, accountUrl })
    : sendAboutSubscription(parts, { notice: { ...notice, kind }, attempt, site, accountUrl })
}

type About<Kind extends NoticeKind> = {
  notice: LoggedNotice & { kind: Kind }
  attempt: Attempt
  site: Site
  accountUrl: URL
}

async function sendAboutSubscription(
  parts: SendingParts,
  { notice, attempt, site, accountUrl }: About<SubscriptionNoticeKind>,
): Promise<Verdict> {
  const subscription = await parts.payments.subscription(notice.subscription)
  if (subscription === null) return { act: 'drop' }
  const now = parts.now()
  const log = await parts.notices.noticesOf(subscription.id)
  const verdict = judgeNotice({ notice, subscription, attempt, log, timeZone: site.timeZone, now })
  if (verdict.act !== 'send') return verdict
  const access = await parts.subscriptions.access(attempt.reader)
  const mail = composeNotice(notice, { subscription, attempt, access, site, accountUrl, now })
  await sendTo(parts, subscription.customer, mail)
  return verdict
}

/** Not where the money has gone back meanwhile: the link then gives nothing. */
async function sendAboutGift(
  parts: SendingParts,
  { notice, attempt, site, accountUrl }: About<NoticeKind>,
): Promise<Verdict> {
  const payment = attempt.session === null ? null : (await parts.payments.checkout(attempt.session)).gift
  if (payment === null || !payment.paid || wentBack(payment)) return { act: 'drop' }
  const giftUrl = parts.giftLink(attempt.id)
  const mail = composeGiftNotice(notice, { attempt, site, accountUrl, giftUrl })
  await sendTo(parts, await parts.subscriptions.customer(attempt.reader), mail)
  return { act: 'send' }
}

async function sendTo(
  { payments, mailer }: SendingParts,
  customer: string | null,
  mail: Omit<Mail, 'to'>,
): Promise<void> {
  const to = customer === null ? null : await payments.email(customer)
  if (to === null) throw new Error('the payment service knows no address of this customer')
  await mailer.send({ to, ...mail })
}

async function putOff(parts: SendingParts, notice: LoggedNotice, error: unknown): Promise<void> {
  const { notices, metrics, log, now } = parts
  const { id, kind, tries } = notice
  const againMs = retryAfterMs[tries]
  if (againMs === undefined) {
    await notices.endNotice(notice, { outcome: 'given_up', atMs: now(), tries: tries + 1 })
    metrics.noticeHandled({ kind, outcome: 'given_up' })
    return log.error(
      { error, notice: id, tries: tries + 1 },
      'a notice was given up: nobody could be written to',
    )
  }
  await notices.putOffNotice(notice, { dueMs: now() + againMs, failed: true })
  metrics.noticeHandled({ kind, outcome: 'failed' })
  log.warn({ error, notice: id, tries: tries + 1 }, 'a notice could not be sent and will be tried again')
}
