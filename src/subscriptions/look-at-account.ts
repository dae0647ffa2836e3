import type { IncomingMessage } from 'node:http'
import { meterStates } from '../metering/meter-question.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { AskingReader } from '../readers/asking-reader.ts'
import type { Access } from './access.ts'
import type { AccountPlace } from './account-document.ts'
import type { Account } from './account-page.ts'
import type { Held } from './account-words.ts'
import type { Attempt } from './attempt.ts'
import { attemptOfGift } from './gift-id.ts'
import { type Payments, PaymentsUnavailable } from './payments.ts'
import { saveOfferFor } from './save-offer.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import { withdrawableUntil } from './withdrawal.ts'

type Visit = { request: IncomingMessage; asking: AskingReader; now: number }

/** A page is not held up for longer than this by the list of bills. */
const invoicePatienceMs = 3000

/** Everything that the page of the account shows. Only the bills are asked of Stripe, and the page does without them. */
export async function lookAtAccount(
  parts: {
    meter: Pick<MeterStore, 'readerFacts'>
    store: SubscriptionStore
    payments: Pick<Payments, 'invoices'>
    mayDelete: boolean
  },
  visit: Visit,
): Promise<Account> {
  const { asking, now } = visit
  const { site, reader } = asking
  const [facts, access, customer, offers] = await Promise.all([
    parts.meter.readerFacts(reader),
    parts.store.access(reader),
    parts.store.customer(reader),
    parts.store.boughtOffers(reader),
  ])
  const { held, place } = await heldNow(parts.store, { ...visit, access })
  const isPaid = held !== null && held.attempt.gift === null
  const untilMs = isPaid ? withdrawableUntil({ attempt: held.attempt, site: site.site }) : null
  return {
    place,
    meter: meterStates(site.meters, { registered: false, views: facts.views, now }).at(-1) ?? null,
    subscription: held,
    hadSubscription: offers.length > 0,
    invoices: isPaid ? await invoicesOf(parts.payments, held.access.subscription) : null,
    hasCard: customer !== null && (isPaid || offers.length > 0),
    mayWithdraw: untilMs !== null && untilMs > now,
    mayDelete: parts.mayDelete,
    saveOffer:
      held !== null && held.access.endsAtMs !== null && isPaid
        ? await saveOfferFor(parts.store, { reader, site, language: place.language, now })
        : null,
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

function doneOf(request: IncomingMessage): Account['done'] {
  const done = new URL(request.url ?? '/', 'http://localhost').searchParams.get('done')
  return done === 'resumed' || done === 'withdrawn' || done === 'refused' ? done : null
}

async function invoicesOf(
  payments: Pick<Payments, 'invoices'>,
  subscription: string,
): Promise<Account['invoices']> {
  const tooLate = Promise.withResolvers<'away'>()
  const timer = setTimeout(() => tooLate.resolve('away'), invoicePatienceMs)
  try {
    return await Promise.race([payments.invoices(subscription), tooLate.promise])
  } catch (error) {
    if (error instanceof PaymentsUnavailable) return 'away'
    throw error
  } finally {
    clearTimeout(timer)
  }
}
