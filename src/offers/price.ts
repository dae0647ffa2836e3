import { addMonths } from '../time.ts'
import { type Currency, minimumCharge } from './minimum-charge.ts'
import type { Money } from './money.ts'
import type { Intro, Offer } from './offer.ts'
import { type Period, type Plan, periodOf } from './plan.ts'

/** What an offer costs and when. The words, the checkout and the bills all come from these numbers. */
export type Price = {
  dueNow: Money
  introCharge: {
    /** `deferred`: the amount is added to the first regular bill, because Stripe does not charge so little. */
    policy: 'none' | 'charged_now' | 'deferred' | 'waived'
    /** What the reader pays for the whole intro, whenever that is. */
    amount: Money
  }
  /** Epoch ms; null without an intro. Calendar months in the site's zone, at the same local time. */
  introEndsAt: number | null
  /** Epoch ms: the intro's end, or now. */
  firstRegularBillAt: number
  /** The regular price and, if deferred, the intro's amount. */
  firstRegularBill: Money
  regular: Money
  every: Period
}

/**
 * The price of `offer` for a reader who buys at `now` (epoch ms). `timeZone` is the site's. Throws if the intro is
 * less than Stripe charges and the offer forbids that, which no checked configuration contains.
 */
export function priceOf(purchase: { offer: Offer; plan: Plan; now: number; timeZone: string }): Price {
  const { offer, plan, now, timeZone } = purchase
  const { price: regular } = plan
  const every = periodOf(plan)
  const money = (amount: number): Money => ({ amount, currency: regular.currency })
  const { intro } = offer
  if (intro === undefined) {
    return {
      dueNow: regular,
      introCharge: { policy: 'none', amount: money(0) },
      introEndsAt: null,
      firstRegularBillAt: now,
      firstRegularBill: regular,
      regular,
      every,
    }
  }
  const policy = introPolicy(intro, regular.currency)
  if (policy === 'forbidden') throw new Error(`The intro of offer ${offer.id} is less than Stripe charges`)
  const introEndsAt = addMonths(now, intro.months, timeZone)
  return {
    dueNow: money(policy === 'charged_now' ? intro.amount : 0),
    introCharge: { policy, amount: money(policy === 'waived' ? 0 : intro.amount) },
    introEndsAt,
    firstRegularBillAt: introEndsAt,
    firstRegularBill: money(regular.amount + (policy === 'deferred' ? intro.amount : 0)),
    regular,
    every,
  }
}

const policiesBelowMinimum = { defer: 'deferred', waive: 'waived', forbid: 'forbidden' } as const

/** How the intro's amount is collected; `forbidden` makes the offer invalid. */
export function introPolicy(intro: Intro, currency: Currency) {
  return intro.amount >= minimumCharge(currency) ? 'charged_now' : policiesBelowMinimum[intro.belowMinimum]
}
