import { createHash } from 'node:crypto'
import type { Site } from '../paywall/site.ts'
import { remembered } from '../remembered.ts'
import { isoWithOffset } from '../time.ts'
import { winsBack } from './audience.ts'
import type { Catalogue, PriceWay, TermsWay, WrittenFacts } from './catalogue.ts'
import { catalogueFor } from './languages.ts'
import { formatMoney, type Money } from './money.ts'
import type { Offer } from './offer.ts'
import { type PaymentLine, paymentLines } from './payment-lines.ts'
import { type Period, type Plan, periodOf } from './plan.ts'
import { type Price, priceOf } from './price.ts'

/** Everything a reader is told about an offer, ready to show. The numbers to act on are those of `priceOf`. */
export type OfferWords = {
  /** BCP 47; the words’ own direction follows from it. */
  language: string
  headline: string
  price: string
  button: string
  notes: string[]
  /** Price now, when it changes, the regular price and its period, how to cancel. */
  terms: string
  /** SHA-256 of `terms` in UTF-8, hexadecimal: names the exact text that a reader agreed to. */
  termsHash: string
  /** What is paid today, what next, and the regular price, line by line. */
  payments: PaymentLine[]
  /** ISO 8601 with the site's offset: the first instant at which the offer no longer runs; null if it does not end. */
  endsAt: string | null
}

/** An offer on sale: with its plan, where it is sold, in which language (BCP 47) it is told, and when (epoch ms). */
export type OnSale = { offer: Offer; plan: Plan; site: Site; language: string; now: number }

/**
 * The one source of words about an offer, for a reader who buys at `now` while the offer runs. Wall, e-mail and checkout
 * use it, so they cannot disagree. The terms change with the date at the site, not with the hour.
 */
export function offerWords(sale: OnSale): OfferWords {
  const { offer, plan, site, language, now } = sale
  const { headline, button } = offer.translations?.[language] ?? offer
  const catalogue = catalogueFor(language)
  const price = priceOf({
    offer,
    plan,
    tax: plan.tax ?? site.tax,
    now,
    timeZone: site.timeZone,
  })
  const facts = writtenFacts(sale, price)
  const goesOn = winsBack(offer)
  const ways = waysOf(price, { goesOn })
  const terms = [
    catalogue.terms[ways.terms](facts),
    ...(price.tax === 'none' ? [] : [catalogue.tax[price.tax]]),
    ...(offer.promotionCodes ? [catalogue.promotionCode] : []),
  ].join(' ')
  return {
    language,
    headline,
    price: catalogue.price[ways.price](facts),
    button,
    notes: [...endNotes(sale, catalogue), price.gift ? catalogue.doesNotRenew : catalogue.cancelAnytime],
    terms,
    termsHash: createHash('sha256').update(terms).digest('hex'),
    payments: paymentsOf(sale, goesOn ? { ...price, nextBill: null, firstRegularBill: null } : price),
    endsAt: offer.endsAt === undefined ? null : isoWithOffset(Date.parse(offer.endsAt), site.timeZone),
  }
}

function waysOf(
  { gift, intro }: Price,
  { goesOn }: { goesOn: boolean },
): { price: PriceWay; terms: TermsWay } {
  if (gift !== null) return { price: 'gift', terms: 'gift' }
  if (intro === null) return { price: 'regular', terms: goesOn ? 'goes_on' : 'regular' }
  if (intro.kind === 'trial') {
    if (intro.collected === 'never') return { price: 'free', terms: 'free' }
    return { price: 'paid', terms: intro.collected === 'now' ? 'paid' : 'deferred' }
  }
  const lowered = intro.percentOff === null ? 'at' : 'off'
  if (intro.bills > 1) {
    return { price: `several_${lowered}`, terms: goesOn ? 'goes_on_discounted' : 'several' }
  }
  return goesOn
    ? { price: `next_${lowered}`, terms: 'goes_on_discounted' }
    : { price: `first_${lowered}`, terms: 'paid' }
}

function writtenFacts({ offer, plan, site, language }: OnSale, price: Price): WrittenFacts {
  const { intro, firstRegularBill: bill } = price
  const written = (money: Money) => formatMoney(money, language)
  const percent = intro?.kind === 'discount' ? (intro.percentOff ?? 0) : 0
  const calendar = { language, timeZone: site.timeZone }
  return {
    dueNow: written(price.dueNow),
    intro: written(intro?.price ?? price.dueNow),
    percent: percentFormat(language).format(percent / 100),
    length: lengthOf(offer, plan),
    bills: intro?.kind === 'discount' ? intro.bills : 0,
    regular: written(price.regular),
    period: price.every,
    firstRegularBill: bill === null ? '' : written(bill.amount),
    firstRegularBillDate: bill === null ? '' : writtenDate(bill.atMs, calendar),
    number: writtenNumber(language),
  }
}

/** The whole time of an intro or a gift as it was configured; one period where nothing else is said. */
function lengthOf({ intro, gift }: Offer, plan: Plan): Period {
  if (gift !== undefined) return { unit: 'month', count: gift.months }
  if (intro === undefined) return periodOf(plan)
  if (intro.kind === 'in_all') return { unit: 'month', count: intro.months }
  if (intro.kind === 'free') return { unit: 'day', count: intro.days }
  return periodOf(intro.for === 'once' ? plan : { every: intro.for })
}

/** When the next bill of a subscription that goes on comes differs from reader to reader. */
function paymentsOf({ site, language }: OnSale, price: Price): PaymentLine[] {
  return paymentLines(price, {
    words: catalogueFor(language).payments,
    money: (money) => formatMoney(money, language),
    date: (atMs) => writtenDate(atMs, { language, timeZone: site.timeZone }),
    number: writtenNumber(language),
  })
}

const soonMs = 14 * 24 * 60 * 60 * 1000

function endNotes({ offer, site, language, now }: OnSale, catalogue: Catalogue): string[] {
  if (offer.endsAt === undefined) return []
  const endsAt = Date.parse(offer.endsAt)
  const words = offer.intro === undefined ? catalogue.offer : catalogue.sale
  // The date of the last moment it runs: what ends at midnight does not run on the day that begins.
  const lastDay = () => writtenDate(endsAt - 1, { language, timeZone: site.timeZone })
  return [endsAt - now <= soonMs ? words.endsSoon : words.ends(lastDay())]
}

/** A price and how often it is due, as readers of the language (BCP 47) write it: "$19.99 every 4 weeks". */
export function writtenPrice(
  { regular, every }: { regular: Money; every: Period },
  language: string,
): string {
  return catalogueFor(language).price.regular({
    regular: formatMoney(regular, language),
    period: every,
    number: writtenNumber(language),
  })
}

/** A date as readers of the language write it, of epoch milliseconds: "April 24, 2027". */
export function writtenDate(
  instant: number,
  { language, timeZone }: { language: string; timeZone: string },
): string {
  return dateFormat(language, timeZone).format(instant)
}

/** Writes whole numbers as readers of the language (BCP 47) do. */
export const writtenNumber = remembered((language: string) => {
  const format = new Intl.NumberFormat(language)
  return (value: number) => format.format(value)
})

const dateFormat = remembered(
  (language: string, timeZone: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }),
)
const percentFormat = remembered((language: string) => new Intl.NumberFormat(language, { style: 'percent' }))
