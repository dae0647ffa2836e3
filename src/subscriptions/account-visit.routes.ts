import type { ErrorRequestHandler, Request, Response } from 'express'
import type { Logger } from 'pino'
import type { ClientAddress } from '../http/client-address.ts'
import type { ClientCountry } from '../http/client-country.ts'
import { type Html, html } from '../http/html.ts'
import { Problem, problemTypes } from '../http/problem.ts'
import { comesFromOwnPage } from '../http/same-origin.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { IsSoldOut } from '../offers/sold-out.ts'
import type { Rules } from '../paywall/rules.ts'
import { type AskingReader, askingReader } from '../readers/asking-reader.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import type { ReaderSection } from '../readers/reader-section.ts'
import { accountCatalogueFor } from './account-catalogue.ts'
import { type AccountPlace, accountAddress } from './account-document.ts'
import { messagePage } from './account-page.ts'
import type { GiftLink } from './gift-code.ts'
import type { OwnSubscription } from './own-subscription.ts'
import { type Payments, PaymentsUnavailable } from './payments.ts'
import type { PlaceOrder } from './place-order.ts'
import type { Gifts } from './redeem-gift.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import type { Withdraw } from './withdraw.ts'

export type AccountPagesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  meter: MeterStore
  store: SubscriptionStore
  payments: Pick<Payments, 'portal' | 'invoices'>
  ownSubscription: OwnSubscription
  withdraw: Withdraw
  placeOrder: PlaceOrder
  gifts: Pick<Gifts, 'look'>
  giftLink: GiftLink
  isSoldOut: IsSoldOut
  addressOf: ClientAddress
  countryOf: ClientCountry
  readerSection: ReaderSection
  /** Deletes everything that is held about a reader. */
  deleteReader: (asking: AskingReader, response: Response) => Promise<void>
  serviceUrl: URL
  secureCookies: boolean
  isStoreAway: (error: unknown) => boolean
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

/** A reader's request for one of the pages, once it is known whose it is. */
export type Visit = {
  parts: AccountPagesParts
  request: Request
  response: Response
  asking: AskingReader
  now: number
}

/** Answers once it is known who asks; `ownFormsOnly`: and that it was sent from our own pages. */
export function asked(parts: AccountPagesParts, { ownFormsOnly = false } = {}) {
  return (answer: (visit: Visit) => Promise<void>) => async (request: Request, response: Response) => {
    const now = parts.now()
    if (ownFormsOnly && !comesFromOwnPage(request, parts.serviceUrl)) {
      const { trouble } = accountCatalogueFor(languageOf(request))
      const problem = new Problem('origin_not_allowed', trouble.notFromHere)
      return sendRefusal(request, response, problem)
    }
    const asking = await askingReader({ rules: parts.rules(), identify: parts.identify, request, now })
    if (asking instanceof Problem) return sendRefusal(request, response, asking)
    await answer({ parts, request, response, asking, now })
  }
}

/** Then the page shows how things stand. `more` says what was done. */
export function leadTo(
  response: Response,
  place: AccountPlace,
  { path = '/account', ...more }: { path?: string; done?: string } = {},
): void {
  const address = accountAddress(path, { query: { ...place.query, ...more } })
  response.set('Cache-Control', 'no-store').redirect(303, address)
}

/** Our forms name our own origin as the referrer policy lets them; elsewhere the address of the account is not told. */
export function sendAccountPage(
  response: Response,
  status: number,
  page: string,
  { formsMayLeadTo = "'self'" }: { formsMayLeadTo?: string } = {},
): void {
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      'Content-Security-Policy': `default-src 'none'; style-src 'self'; img-src data:; form-action ${formsMayLeadTo}; base-uri 'none'; frame-ancestors 'none'`,
      'Referrer-Policy': 'same-origin',
    })
    .type('html')
    .send(page)
}

function sendRefusal(request: Request, response: Response, { code, detail }: Problem): void {
  const language = languageOf(request)
  const { trouble } = accountCatalogueFor(language)
  const onward = html`<a class="button" href="/account">${trouble.toAccount}</a>`
  sendAccountPage(
    response,
    problemTypes[code].status,
    messagePage({ language, title: trouble.title, text: detail, onward }),
  )
}

/** Where it is not known which site's page it is: what the browser asks for. */
function languageOf(request: Request): string {
  return request.acceptsLanguages(['en', 'de', 'ar']) || 'en'
}

/** Stripe or the store does not answer. Whatever was asked may be asked again. */
export function pageWhenAway({ isStoreAway, log }: AccountPagesParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (!(error instanceof PaymentsUnavailable) && !isStoreAway(error)) return next(error)
    const { method, path } = request
    log.warn({ error, method, path: request.baseUrl + path }, 'the account page could not be shown')
    const language = languageOf(request)
    const { trouble } = accountCatalogueFor(language)
    const text = error instanceof PaymentsUnavailable ? trouble.payments : trouble.store
    sendAccountPage(
      response,
      503,
      messagePage({ language, title: trouble.title, text, onward: tryAgain(request, trouble.again) }),
    )
  }
}

function tryAgain({ method, originalUrl }: Request, words: string): Html {
  return method === 'POST'
    ? html`<form method="post" action="${originalUrl}"><button>${words}</button></form>`
    : html`<a class="button" href="${originalUrl}">${words}</a>`
}
