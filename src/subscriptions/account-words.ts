import type { MeterState } from '../metering/meter-question.ts'
import { formatMoney, type Money } from '../offers/money.ts'
import { writtenDate, writtenPrice } from '../offers/words.ts'
import type { Site } from '../paywall/site.ts'
import type { Access } from './access.ts'
import { type AccountCatalogue, accountCatalogueFor } from './account-catalogue.ts'
import type { Attempt } from './attempt.ts'

/** A reader's subscription and the attempt it was bought with, at `now`, epoch milliseconds, told in `language` (BCP 47). */
export type Held = {
  access: Access
  attempt: Attempt
  site: Pick<Site, 'timeZone'>
  language: string
  now: number
}

/** What a reader is told of their subscription. */
export type SubscriptionWords = {
  /** `owing`: a payment has failed. `ending`: canceled, and running out. `gift`: somebody else has paid. */
  state: 'running' | 'owing' | 'ending' | 'gift'
  notice: string | null
  rows: readonly Row[]
}

type Row = { label: string; text: string; note: string | null }

/** Everything about money and time on the account page comes from here. */
export function subscriptionWords(held: Held): SubscriptionWords {
  const { access, attempt } = held
  const words = wordsOf(held).subscription
  if (attempt.gift !== null) {
    return { state: 'gift', notice: `${words.readUntil(day(access.untilMs, held))} ${words.gift}`, rows: [] }
  }
  if (access.endsAtMs !== null) {
    return { state: 'ending', notice: `${words.canceled} ${endWords(held)}`, rows: [] }
  }
  if (access.standing === 'grace') {
    return { state: 'owing', notice: owingWords(held), rows: [regularRow(held)] }
  }
  const rows = [...introRow(held), ...paidUntilRow(held), ...nextChargeRow(held), regularRow(held)]
  return { state: 'running', notice: null, rows }
}

/** What cancelling comes to, or came to: how long the reader can read, and what is still charged. */
export function endWords(held: Held): string {
  const { access, now } = held
  const words = wordsOf(held).subscription
  const untilMs = access.endsAtMs === null ? (access.nextCharge?.atMs ?? access.untilMs) : access.untilMs
  return [...(untilMs > now ? [words.readUntil(day(untilMs, held))] : []), chargeWords(held)].join(' ')
}

/** Of the meter that counts what no other meter does. Null where nothing is free. */
export function freeArticleWords(
  { limit, left, window, resetsAtMs }: MeterState,
  { site, language }: Pick<Held, 'site' | 'language'>,
): string | null {
  if (limit === 0) return null
  const { free } = accountCatalogueFor(language)
  const from = writtenDate(resetsAtMs, { language, timeZone: site.timeZone })
  return free[left === 0 ? 'used' : 'left']({ left, limit, window, from })
}

function wordsOf({ language }: Held): AccountCatalogue {
  return accountCatalogueFor(language)
}

function chargeWords(held: Held): string {
  const words = wordsOf(held).subscription
  if (held.access.standing === 'grace') return words.stillOwed
  return paysLater(held) ? words.noCharge : words.noFurtherCharge
}

function owingWords(held: Held): string {
  const { access, now } = held
  const words = wordsOf(held).subscription
  const reading = access.untilMs > now ? words.owingReadUntil(day(access.untilMs, held)) : words.owingClosed
  return `${words.owing} ${reading}`
}

/** Of an introductory price that is taken bill by bill. */
function introRow(held: Held): Row[] {
  const { intro } = held.attempt
  if (intro?.kind !== 'discount' || !inIntro(held)) return []
  const { rows } = wordsOf(held)
  const text = rows.introPriceUntil(written(intro.price, held), day(intro.endsAtMs, held))
  return [{ label: rows.introPrice, text, note: null }]
}

function paidUntilRow(held: Held): Row[] {
  const { access, now, attempt } = held
  const untilMs = access.nextCharge?.atMs ?? access.untilMs
  if (untilMs <= now) return []
  const { rows } = wordsOf(held)
  const date = day(untilMs, held)
  return inIntro(held) && attempt.intro?.kind === 'trial'
    ? [{ label: rows.intro, text: rows.introUntil(date), note: null }]
    : [{ label: rows.paidUntil, text: date, note: null }]
}

function nextChargeRow(held: Held): Row[] {
  const { nextCharge } = held.access
  if (nextCharge === null) return []
  const { rows } = wordsOf(held)
  const text = rows.due(written(nextCharge, held), day(nextCharge.atMs, held))
  return [{ label: rows.next, text, note: chargeNote(held, nextCharge) }]
}

/** Why the next charge is not the regular price. */
function chargeNote(held: Held, nextCharge: Money): string | null {
  const { intro, regular, tax } = held.attempt
  const { rows } = wordsOf(held)
  const waits = inIntro(held) && intro?.kind === 'trial' && intro.collected === 'with_first_bill'
  if (waits && nextCharge.amount === intro.price.amount + regular.amount) {
    return rows.waiting(written(intro.price, held), written(regular, held))
  }
  return tax === 'exclusive' ? rows.withTax : null
}

function regularRow(held: Held): Row {
  const { regular, every } = held.attempt
  const text = writtenPrice({ regular, every }, held.language)
  return { label: wordsOf(held).rows.regular, text, note: null }
}

/** Nothing has been charged yet: the introductory period is running and was not paid at its beginning. */
function paysLater(held: Held): boolean {
  const { intro } = held.attempt
  return inIntro(held) && intro?.kind === 'trial' && intro.collected !== 'now'
}

function inIntro({ attempt: { intro }, now }: Held): boolean {
  return intro !== null && now < intro.endsAtMs
}

function written(money: Money, { language }: Held): string {
  return formatMoney(money, language)
}

function day(instant: number, { site, language }: Held): string {
  return writtenDate(instant, { language, timeZone: site.timeZone })
}
