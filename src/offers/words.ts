import { createHash } from 'node:crypto'
import type { Site } from '../paywall/site.ts'
import { isoWithOffset } from '../time.ts'
import { formatMoney, type Money } from './money.ts'
import type { Offer } from './offer.ts'
import type { Period, Plan } from './plan.ts'
import { type Price, priceOf } from './price.ts'
import { remembered } from './remembered.ts'
import { englishWords } from './words.en.ts'

/** Everything a reader is told about an offer, ready to show. The numbers to act on are those of `priceOf`. */
export type OfferWords = {
  headline: string
  price: string
  button: string
  notes: string[]
  /** Price now, when it changes, the regular price and its period, how to cancel. */
  terms: string
  /** SHA-256 of `terms` in UTF-8, hexadecimal: names the exact text that a reader agreed to. */
  termsHash: string
  /** ISO 8601 with the site's offset: the first instant at which the offer no longer runs; null if it does not end. */
  endsAt: string | null
}

/**
 * The one source of words about an offer, for a reader who buys at `now` (epoch ms) while the offer runs. Wall, e-mail
 * and checkout use it, so they cannot disagree. The terms change with the date at the site, not with the hour.
 */
export function offerWords(purchase: { offer: Offer; plan: Plan; site: Site; now: number }): OfferWords {
  const { offer, plan, site, now } = purchase
  const catalogue = catalogueFor(site.language)
  const price = priceOf({ offer, plan, now, timeZone: site.timeZone })
  const facts = writtenFacts({ offer, site, price })
  const terms = catalogue.terms[price.introCharge.policy](facts)
  return {
    headline: offer.headline,
    price: catalogue.price[price.introCharge.policy](facts),
    button: offer.button,
    notes: [...endNotes({ offer, site, now, catalogue }), catalogue.cancelAnytime],
    terms,
    termsHash: createHash('sha256').update(terms).digest('hex'),
    endsAt: offer.endsAt === undefined ? null : isoWithOffset(Date.parse(offer.endsAt), site.timeZone),
  }
}

/** One language's words, each by how the intro is collected (`none`: there is no intro). */
export type Catalogue = {
  price: { [policy in Policy]: (facts: WrittenFacts) => string }
  terms: { [policy in Policy]: (facts: WrittenFacts) => string }
  sale: EndWords
  /** Of an offer at the regular price, which is no sale. */
  offer: EndWords
  cancelAnytime: string
}

/** Amounts and dates as readers of the site write them. */
export type WrittenFacts = {
  dueNow: string
  intro: string
  /** Of the intro; 0 without one. */
  months: number
  regular: string
  period: Period
  firstRegularBill: string
  firstRegularBillDate: string
}

type Policy = Price['introCharge']['policy']
type EndWords = { endsSoon: string; ends: (date: string) => string }

const catalogues = new Map<string, Catalogue>([['en', englishWords]])

/** English until a language has a catalogue of its own. */
const catalogueFor = remembered(
  (language: string) => catalogues.get(new Intl.Locale(language).language) ?? englishWords,
)

function writtenFacts({ offer, site, price }: { offer: Offer; site: Site; price: Price }): WrittenFacts {
  const written = (money: Money) => formatMoney(money, site.language)
  return {
    dueNow: written(price.dueNow),
    intro: written(price.introCharge.amount),
    months: offer.intro?.months ?? 0,
    regular: written(price.regular),
    period: price.every,
    firstRegularBill: written(price.firstRegularBill),
    firstRegularBillDate: writtenDate(price.firstRegularBillAt, site),
  }
}

const soonMs = 14 * 24 * 60 * 60 * 1000

function endNotes(running: { offer: Offer; site: Site; now: number; catalogue: Catalogue }): string[] {
  const { offer, site, now, catalogue } = running
  if (offer.endsAt === undefined) return []
  const endsAt = Date.parse(offer.endsAt)
  const words = offer.intro === undefined ? catalogue.offer : catalogue.sale
  // The date of the last moment it runs: what ends at midnight does not run on the day that begins.
  return [endsAt - now <= soonMs ? words.endsSoon : words.ends(writtenDate(endsAt - 1, site))]
}

/** A date as readers of the site write it, of epoch milliseconds: "April 24, 2027". */
export function writtenDate(
  instant: number,
  { language, timeZone }: Pick<Site, 'language' | 'timeZone'>,
): string {
  return dateFormat(language, timeZone).format(instant)
}

const dateFormat = remembered(
  (language: string, timeZone: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }),
)
