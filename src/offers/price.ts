import { addDays, addMonths, billedAt } from '../time.ts'
import { winsBack } from './audience.ts'
import { discountLength, percentOff } from './discount.ts'
import type { DiscountIntro, Intro } from './intro.ts'
import { type Currency, minimumCharge } from './minimum-charge.ts'
import type { Money } from './money.ts'
import type { Offer } from './offer.ts'
import { type Period, type Plan, periodOf } from './plan.ts'
import type { Tax } from './tax.ts'

/** What an offer costs and when. The words, the checkout and the bills all come from these numbers. */
export type Price = {
  dueNow: Money
  intro: IntroPrice | null
  /** Paid once, for so many months that somebody else redeems; nothing else is then charged. */
  gift: { price: Money; months: number } | null
  /**
   * The first bill at the regular price, with what waited for it. Epoch ms; without an intro it is due now. Null for a
   * gift. To the minute only where Stripe counts from when the reader has paid.
   */
  firstRegularBill: Bill | null
  /** The first bill after today; null for a gift. */
  nextBill: Bill | null
  regular: Money
  every: Period
  tax: Tax
}

/** `atMs` is epoch ms. */
export type Bill = { amount: Money; atMs: number }

/** What is paid before the regular price, until `endsAtMs` (epoch ms). */
export type IntroPrice =
  | {
      kind: 'trial'
      /** `with_first_bill`: it waits for the first regular bill, because Stripe does not charge so little. */
      collected: 'now' | 'with_first_bill' | 'never'
      /** For the whole intro, whenever that is paid. */
      price: Money
      endsAtMs: number
    }
  | {
      kind: 'discount'
      /** Null where an amount is taken off. */
      percentOff: number | null
      /** Of each of the first `bills` bills. */
      price: Money
      bills: number
      /** For how long, as Stripe counts it; null for the first bill only. */
      months: number | null
      endsAtMs: number
    }

export type Purchase = {
  offer: Offer
  plan: Plan
  tax: Tax
  /** When the reader buys, epoch ms. */
  now: number
  /** The site's. */
  timeZone: string
  /** Of a subscription that goes on: when its next bill comes, epoch ms. */
  nextBillAtMs?: number
}

/** The price of `offer` for a reader who buys it at `now`. Throws for an offer that no checked configuration contains. */
export function priceOf(purchase: Purchase): Price {
  const { offer, plan, tax } = purchase
  const regular = plan.price
  const shared = { gift: null, regular, every: periodOf(plan), tax }
  if (offer.gift !== undefined) {
    const price = money(offer.gift.amount, plan)
    const gift = { price, months: offer.gift.months }
    return { ...shared, dueNow: price, intro: null, gift, firstRegularBill: null, nextBill: null }
  }
  const intro = introOf(purchase)
  const waiting = intro?.kind === 'trial' && intro.collected === 'with_first_bill' ? intro.price.amount : 0
  const firstRegularBill = {
    amount: money(regular.amount + waiting, plan),
    atMs: intro?.endsAtMs ?? firstBillAt(purchase),
  }
  return {
    ...shared,
    dueNow: money(dueNow(purchase, intro), plan),
    intro,
    firstRegularBill,
    nextBill: nextBillOf(purchase, intro, firstRegularBill),
  }
}

function introOf(purchase: Purchase): IntroPrice | null {
  const { intro } = purchase.offer
  if (intro === undefined) return null
  return intro.kind === 'in_all' || intro.kind === 'free'
    ? trialPrice(intro, purchase)
    : discountPrice(intro, purchase)
}

function trialPrice(
  intro: Extract<Intro, { kind: 'in_all' | 'free' }>,
  { offer, plan, now, timeZone }: Purchase,
): IntroPrice {
  if (intro.kind === 'free') {
    const endsAtMs = addDays(now, intro.days, timeZone)
    return { kind: 'trial', collected: 'never', price: money(0, plan), endsAtMs }
  }
  const collected = collectionOf(intro, plan.price.currency)
  if (collected === 'forbidden') throw new Error(`The intro of offer ${offer.id} is less than Stripe charges`)
  const price = money(collected === 'never' ? 0 : intro.amount, plan)
  return { kind: 'trial', collected, price, endsAtMs: addMonths(now, intro.months, timeZone) }
}

function discountPrice(intro: DiscountIntro, purchase: Purchase): IntroPrice {
  const { offer, plan } = purchase
  const length = discountLength(intro, plan)
  if ('expected' in length) throw new Error(`The discount of offer ${offer.id} is for no whole bills`)
  return {
    kind: 'discount',
    percentOff: intro.kind === 'percent_off' ? intro.percent : null,
    price: money(discountedAmount(intro, plan), plan),
    ...length,
    endsAtMs: billedAt(firstBillAt(purchase), periodOf(plan), length.bills),
  }
}

/** What each of the first bills comes to, in minor units. */
export function discountedAmount(intro: DiscountIntro, { price }: Plan): number {
  return intro.kind === 'each_period' ? intro.amount : percentOff(price.amount, intro.percent)
}

const policiesBelowMinimum = { defer: 'with_first_bill', waive: 'never', forbid: 'forbidden' } as const

/** How the amount for a whole intro is collected; `forbidden` makes the offer invalid. */
export function collectionOf(intro: Extract<Intro, { kind: 'in_all' }>, currency: Currency) {
  return intro.amount >= minimumCharge(currency) ? 'now' : policiesBelowMinimum[intro.belowMinimum]
}

/** Nothing is due for a subscription that goes on: it is paid until its next bill. */
function dueNow({ offer, plan }: Purchase, intro: IntroPrice | null): number {
  if (winsBack(offer)) return 0
  if (intro === null) return plan.price.amount
  return intro.kind === 'discount' || intro.collected === 'now' ? intro.price.amount : 0
}

function nextBillOf(purchase: Purchase, intro: IntroPrice | null, firstRegularBill: Bill): Bill {
  if (intro?.kind === 'trial') return firstRegularBill
  const { offer, plan } = purchase
  const isPaidToday = !winsBack(offer)
  const before = isPaidToday ? 1 : 0
  return {
    amount: intro !== null && intro.bills > before ? intro.price : plan.price,
    atMs: billedAt(firstBillAt(purchase), periodOf(plan), before),
  }
}

function firstBillAt({ now, nextBillAtMs }: Purchase): number {
  return nextBillAtMs ?? now
}

function money(amount: number, { price }: Plan): Money {
  return { amount, currency: price.currency }
}
