import type { Logger } from 'pino'
import type { Money } from '../offers/money.ts'
import type { SiteRules } from '../paywall/rules.ts'
import type { Attempt } from '../subscriptions/attempt.ts'
import type { Subscription } from '../subscriptions/payments.ts'
import type { CountedUnder } from './counted-under.ts'
import type { Traits } from './measures.ts'
import type { ReportStore, Sale } from './report-store.ts'

/** Hears of sales as often as they are looked at, and counts each step once. Never rejects: a report is no reason to fail. */
export type Sales = {
  /** A reader was led to the page where they pay. */
  begun(attempt: Attempt): Promise<void>
  /** What Stripe says of the subscription that the attempt has become. */
  seen(seen: { subscription: Subscription; attempt: Attempt }): Promise<void>
  /** A gift has been paid: no subscription comes of it, and nothing each month. */
  giftPaid(attempt: Attempt): Promise<void>
}

/** A sale counts on the day on which the reader agreed to the terms, so that its steps stand side by side. */
export function createSales(parts: {
  store: ReportStore
  /** The rules of a site, if it still is one. */
  rulesOf: (site: string) => SiteRules | null
  countedUnder: CountedUnder
  log: Pick<Logger, 'warn'>
}): Sales {
  const { store, rulesOf, countedUnder, log } = parts

  async function count(attempt: Attempt, step: Sale['step']): Promise<void> {
    const { site, id, consent } = attempt
    const rules = rulesOf(site)
    if (rules === null) return
    const day = rules.dayAt(consent.atMs)
    try {
      await store.addSale({
        site,
        day,
        attempt: id,
        step,
        places: countedUnder({ site, day }, traitsOf(attempt, rules)),
        monthly: step === 'bought' && attempt.gift === null ? monthlyPrice(attempt) : null,
      })
    } catch (error) {
      log.warn({ error, attempt: id, step }, 'a sale could not be counted in the reports')
    }
  }

  return {
    begun: (attempt) => count(attempt, 'checkouts'),
    async seen({ subscription, attempt }) {
      const { status, endsAtMs } = subscription
      if (status === 'incomplete' || status === 'incomplete_expired') return
      await count(attempt, 'bought')
      if (endsAtMs !== null) await count(attempt, 'cancelled')
    },
    giftPaid: (attempt) => count(attempt, 'bought'),
  }
}

function traitsOf({ reader, offer, configVersion, visit }: Attempt, rules: SiteRules): Traits {
  const { group } = rules.assigned(reader)
  return {
    ...visit,
    version: String(configVersion),
    group: group === null ? null : `${group.experiment}/${group.group}`,
    offer,
  }
}

const daysAMonth = 365.25 / 12
const monthsIn = { day: 1 / daysAMonth, week: 7 / daysAMonth, month: 1, year: 12 } as const

/** The regular price of a month on average, whole minor units. */
export function monthlyPrice({ regular, every }: Pick<Attempt, 'regular' | 'every'>): Money {
  const months = every.count * monthsIn[every.unit]
  return { amount: Math.round(regular.amount / months), currency: regular.currency }
}
