import type { MeterState } from '../metering/meter-question.ts'
import { formatMoney, type Money } from '../offers/money.ts'
import { every, length } from '../offers/words.en.ts'
import { writtenDate } from '../offers/words.ts'
import type { Site } from '../paywall/site.ts'
import type { Access } from './access.ts'
import type { Attempt } from './attempt.ts'

/** A reader's subscription and the attempt it was bought with, at `now`, epoch milliseconds. */
export type Held = { access: Access; attempt: Attempt; site: Site; now: number }

/** What a reader is told of their subscription. */
export type SubscriptionWords = {
  /** `owing`: a payment has failed. `ending`: canceled, and running out. */
  state: 'running' | 'owing' | 'ending'
  notice: string | null
  rows: readonly { label: string; text: string; note: string | null }[]
}

/** Everything about money and time on the account page comes from here. English until there is another catalogue. */
export function subscriptionWords(held: Held): SubscriptionWords {
  const { access } = held
  if (access.endsAtMs !== null) {
    return { state: 'ending', notice: `Your subscription is canceled. ${endWords(held)}`, rows: [] }
  }
  if (access.standing === 'grace')
    return { state: 'owing', notice: owingWords(held), rows: [regularRow(held)] }
  return {
    state: 'running',
    notice: null,
    rows: [...paidUntilRow(held), ...nextChargeRow(held), regularRow(held)],
  }
}

/** What cancelling comes to, or came to: how long the reader can read, and what is still charged. */
export function endWords(held: Held): string {
  const { access, site, now } = held
  const untilMs = access.endsAtMs === null ? (access.nextCharge?.atMs ?? access.untilMs) : access.untilMs
  const reading = untilMs > now ? `You can read until ${writtenDate(untilMs, site)}. ` : ''
  return reading + chargeWords(held)
}

const windowWords = { day: 'today', week: 'this week', month: 'this month', rolling: 'for now' }

/** Of the meter that counts what no other meter does. Null where nothing is free. */
export function freeArticleWords({ limit, left, window, resetsAtMs }: MeterState, site: Site): string | null {
  if (limit === 0) return null
  const articles = limit === 1 ? 'article' : 'articles'
  const regained = window === 'rolling' ? 'one more' : `${limit} again`
  const again = `${regained} from ${writtenDate(resetsAtMs, site)}.`
  return left === 0
    ? `You have read your ${limit} free ${articles} ${windowWords[window]}. You have ${again}`
    : `You have ${left} of ${limit} free ${articles} left ${windowWords[window]}, and ${again}`
}

function chargeWords(held: Held): string {
  if (held.access.standing === 'grace') {
    return 'The payment that failed may still be collected; nothing will be charged after it.'
  }
  return paysLater(held) ? 'You will not be charged.' : 'You will not be charged again.'
}

function owingWords({ access, site, now }: Held): string {
  const failed = 'Your last payment did not go through. We will try it again.'
  return access.untilMs > now
    ? `${failed} Until ${writtenDate(access.untilMs, site)} you can read on.`
    : `${failed} Until it succeeds you cannot read on.`
}

function paidUntilRow(held: Held): SubscriptionWords['rows'] {
  const { access, site, now } = held
  const untilMs = access.nextCharge?.atMs ?? access.untilMs
  if (untilMs <= now) return []
  const label = inIntro(held) ? 'Introductory period' : 'Paid until'
  const date = writtenDate(untilMs, site)
  return [{ label, text: inIntro(held) ? `until ${date}` : date, note: null }]
}

function nextChargeRow(held: Held): SubscriptionWords['rows'] {
  const { access, site } = held
  if (access.nextCharge === null) return []
  const date = writtenDate(access.nextCharge.atMs, site)
  const text = `${written(access.nextCharge, held)}, due on ${date}`
  return [{ label: 'Next charge', text, note: waitingWords(held) }]
}

/** Why the first regular bill is higher than the regular price. */
function waitingWords(held: Held): string | null {
  const { intro, regular, every: period } = held.attempt
  if (!inIntro(held) || intro?.kind !== 'trial' || intro.collected !== 'with_first_bill') return null
  const [introPrice, regularPrice] = [written(intro.price, held), written(regular, held)]
  return `${introPrice} for the introductory period and ${regularPrice} for the ${length(period)} after it`
}

function regularRow(held: Held): SubscriptionWords['rows'][number] {
  const { regular, every: period } = held.attempt
  return { label: 'Regular price', text: `${written(regular, held)} ${every(period)}`, note: null }
}

/** Nothing has been charged yet: the introductory period is running and was not paid at its beginning. */
function paysLater(held: Held): boolean {
  const { intro } = held.attempt
  return inIntro(held) && intro?.kind === 'trial' && intro.collected !== 'now'
}

function inIntro({ attempt: { intro }, now }: Held): boolean {
  return intro !== null && now < intro.endsAtMs
}

function written(money: Money, { site }: Held): string {
  return formatMoney(money, site.language)
}
