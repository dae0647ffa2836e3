import type { IncomingMessage } from 'node:http'
import type { ClientCountry } from '../http/client-country.ts'
import { meterStates } from '../metering/meter-question.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import { winsBack } from '../offers/audience.ts'
import type { IsSoldOut } from '../offers/sold-out.ts'
import type { AskingReader } from '../readers/asking-reader.ts'
import { lateAt } from '../readers/newcomers.ts'
import type { ReaderSection } from '../readers/reader-section.ts'
import type { Access } from './access.ts'
import type { AccountPlace } from './account-document.ts'
import type { Account } from './account-page.ts'
import type { Held } from './account-words.ts'
import type { Attempt } from './attempt.ts'
import type { GiftLink } from './gift-code.ts'
import { attemptOfGift } from './gift-id.ts'
import { giftSection } from './gift-section.ts'
import { giftsBoughtBy } from './gifts-bought.ts'
import { inTime } from './in-time.ts'
import { offersBeside } from './offers-beside.ts'
import type { Payments } from './payments.ts'
import type { Gifts } from './redeem-gift.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import { withdrawableUntil } from './withdrawal.ts'

type Visit = { request: IncomingMessage; asking: AskingReader; now: number }

/** Everything that the page of the account shows. Only the bills are asked of Stripe, and the page does without them. */
export async function lookAtAccount(
  parts: {
    meter: Pick<MeterStore, 'readerFacts'>
    store: SubscriptionStore
    payments: Pick<Payments, 'invoices'>
    gifts: Pick<Gifts, 'look'>
    giftLink: GiftLink
    isSoldOut: IsSoldOut
    countryOf: ClientCountry
    readerSection: ReaderSection
  },
  visit: Visit,
): Promise<Account> {
  const { asking, now } = visit
  const { site, reader } = asking
  const country = parts.countryOf(visit.request)
  const [facts, access, customer, offers, gifts, beside] = await Promise.all([
    parts.meter.readerFacts(reader),
    parts.store.access(reader),
    parts.store.customer(reader),
    parts.store.boughtOffers(reader),
    giftsBoughtBy(parts, { reader, site, now }),
    offersBeside(parts, { asking, country, now }),
  ])
  const { held, place } = await heldNow(parts.store, { ...visit, access })
  const isPaid = held !== null && held.attempt.gift === null
  const untilMs = isPaid ? withdrawableUntil({ attempt: held.attempt, site: site.site }) : null
  return {
    place,
    meter:
      meterStates(site.meters, {
        registered: asking.account !== null,
        lateAt: lateAt(asking.caller.identity, site.site),
        views: facts.views,
        now,
      }).at(-1) ?? null,
    subscription: held,
    hadSubscription: offers.length > 0,
    invoices: isPaid ? await inTime(parts.payments.invoices(held.access.subscription)) : null,
    hasCard: customer !== null && (isPaid || offers.length > 0),
    mayWithdraw: untilMs !== null && untilMs > now,
    reader: await parts.readerSection(asking, place),
    saveOffer:
      held !== null && held.access.endsAtMs !== null && isPaid
        ? (beside.find(winsBack)?.shownAt(Math.floor(now / 1000) * 1000, place.language) ?? null)
        : null,
    gifts: giftSection({
      place,
      gifts,
      giftLink: parts.giftLink,
      sellsGifts: beside.some(({ gift }) => gift),
    }),
    done: doneOf(visit.request),
  }
}

/** Who owes a payment has a subscription to cancel, even when it opens nothing any more. */
export async function heldNow(
  store: Pick<SubscriptionStore, 'attempt'>,
  { access, ...visit }: Visit & { access: Access | null },
): Promise<{ held: Held | null; place: AccountPlace }> {
  const { request, asking, now } = visit
  const isOver = access === null || (access.untilMs <= now && access.standing !== 'grace')
  if (isOver) return { held: null, place: placeOf(request, asking) }
  const attempt = await store.attempt(attemptOfGift(access.attempt) ?? access.attempt)
  if (attempt === null) throw new Error(`access names attempt ${access.attempt}, which is not known`)
  const place = placeOf(request, asking, attempt)
  return { held: { access, attempt, site: asking.site.site, language: place.language, now }, place }
}

/** In the language that is asked for, else that of the purchase, else the browser's: of those of the site. */
export function placeOf(request: IncomingMessage, { site }: AskingReader, attempt?: Attempt): AccountPlace {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const asked = searchParams.get('language')
  const [browsers] = (request.headers['accept-language'] ?? '').split(/[,;]/)
  const kept = ['site', 'language'].flatMap((name) => {
    const value = searchParams.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  return {
    site,
    language: site.languageFor(asked ?? attempt?.language ?? browsers),
    query: Object.fromEntries(kept),
  }
}

/** What the reader has just done, as the address tells it. */
export function doneOf(request: IncomingMessage): Account['done'] {
  const done = new URL(request.url ?? '/', 'http://localhost').searchParams.get('done')
  return done === 'resumed' || done === 'withdrawn' || done === 'refused' || done === 'away' ? done : null
}
