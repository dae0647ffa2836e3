import type { Mail } from '../mail/mail.ts'
import { formatMoney } from '../offers/money.ts'
import { writtenDate, writtenPrice } from '../offers/words.ts'
import type { Site } from '../paywall/site.ts'
import type { Access } from '../subscriptions/access.ts'
import type { Attempt } from '../subscriptions/attempt.ts'
import type { Subscription } from '../subscriptions/payments.ts'
import { withdrawableUntil } from '../subscriptions/withdrawal.ts'
import type { Notice, SubscriptionNoticeKind } from './notice.ts'
import { mailWith } from './notice-mail.ts'
import { type NoticeFacts, noticeCatalogueFor } from './notice-words.ts'
import { priceRisesAt } from './plan-notices.ts'

/** What a notice is about, as it is now; `now` in epoch milliseconds. */
export type Subject = {
  subscription: Subscription
  attempt: Attempt
  access: Access | null
  site: Site
  accountUrl: URL
  now: number
}

/** The notice as a mail, in the language in which the reader agreed to the terms. */
export function composeNotice(
  notice: Pick<Notice, 'id'> & { kind: SubscriptionNoticeKind },
  subject: Subject,
): Omit<Mail, 'to'> {
  const { attempt, site, accountUrl } = subject
  const { language } = attempt
  const catalogue = noticeCatalogueFor(language)
  const facts = factsOf(subject)
  const { labels } = catalogue
  const letter = {
    ...catalogue.notices[notice.kind](facts),
    paper: site.name,
    language,
    direction: catalogue.direction,
    terms: notice.kind === 'welcome' ? { label: labels.terms, text: attempt.consent.terms } : null,
    rows: withFigures.has(notice.kind) ? figures() : [],
    button: { label: labels.account, url: accountUrl.href },
    why: catalogue.why(site.name),
  }
  return mailWith(letter, notice.id)

  function figures() {
    const { next, regular } = facts
    return [
      ...(next === null ? [] : [{ label: labels.next, text: catalogue.on(next.amount, next.on) }]),
      { label: labels.regular, text: regular },
    ]
  }
}

const withFigures: ReadonlySet<SubscriptionNoticeKind> = new Set(['welcome', 'intro_ends', 'yearly'])

function factsOf({ subscription, attempt, access, site, now }: Subject): NoticeFacts {
  const { language } = attempt
  const { nextBill, regular } = subscription
  const day = (instant: number) => writtenDate(instant, { language, timeZone: site.timeZone })
  const risesAtMs = priceRisesAt(subscription, attempt)
  const withdrawUntilMs = withdrawableUntil({ attempt, site })
  return {
    paper: site.name,
    plan: attempt.planName,
    agreedOn: day(attempt.consent.atMs),
    since: day(subscription.startedAtMs),
    next:
      nextBill === null ? null : { amount: formatMoney(nextBill.amount, language), on: day(nextBill.atMs) },
    regular: writtenPrice({ regular, every: attempt.every }, language),
    introEndsOn: risesAtMs === null ? '' : day(risesAtMs),
    endsOn: subscription.endsAtMs === null ? '' : day(subscription.endsAtMs),
    readUntil: access !== null && access.untilMs > now ? day(access.untilMs) : null,
    withdrawUntil: withdrawUntilMs === null || withdrawUntilMs <= now ? null : day(withdrawUntilMs - 1),
  }
}
