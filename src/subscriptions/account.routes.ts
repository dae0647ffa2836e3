import { fileURLToPath } from 'node:url'
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type Html, html } from '../http/html.ts'
import { Problem, problemTypes } from '../http/problem.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { Rules } from '../paywall/rules.ts'
import { type AskingReader, askingReader } from '../readers/asking-reader.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import { accountCatalogueFor } from './account-catalogue.ts'
import { type AccountPlace, accountAddress } from './account-document.ts'
import { accountPage, messagePage } from './account-page.ts'
import {
  confirmCancelPage,
  confirmDeletePage,
  confirmWithdrawPage,
  deletedPage,
} from './account-questions.ts'
import { buyerOf } from './buyer.ts'
import { beginAttempt } from './checkout.ts'
import { heldNow, lookAtAccount, placeOf } from './look-at-account.ts'
import type { OpenCheckout } from './open-checkout.ts'
import type { OwnSubscription } from './own-subscription.ts'
import { type Payments, PaymentsUnavailable } from './payments.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import type { Withdraw } from './withdraw.ts'
import { withdrawableUntil } from './withdrawal.ts'

export type AccountPagesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  meter: MeterStore
  store: SubscriptionStore
  payments: Pick<Payments, 'portal' | 'invoices'>
  ownSubscription: OwnSubscription
  withdraw: Withdraw
  openCheckout: OpenCheckout
  /** Deletes everything that is held about a reader; null where nobody does. */
  deleteReader: ((asking: AskingReader, response: Response) => Promise<void>) | null
  serviceUrl: URL
  secureCookies: boolean
  isStoreAway: (error: unknown) => boolean
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

const styles = fileURLToPath(new URL('account.css', import.meta.url))

/** The pages on which readers see what they have, pay, leave and come back. They need no script. */
export function accountPages(parts: AccountPagesParts): Router {
  const router = express.Router()
  router.get('/account/account.css', (_request, response) => response.sendFile(styles, { maxAge: '1 hour' }))
  const shows = asked(parts)
  const does = asked(parts, { ownFormsOnly: true })
  router.get('/account', shows(showAccount))
  router.get('/account/card', shows(leadToPortal))
  router.get('/account/cancel', shows(askWhetherToCancel))
  router.post('/account/cancel', does(cancel))
  router.get('/account/resume', shows(leadBack))
  router.post('/account/resume', does(resume))
  router.post('/account/stay', express.urlencoded({ extended: false, limit: '2kb' }), does(stay))
  router.get('/account/withdraw', shows(askWhetherToWithdraw))
  router.post('/account/withdraw', does(withdraw))
  router.get('/account/delete', shows(askWhetherToDelete))
  router.post('/account/delete', does(deleteData))
  router.use('/account', pageWhenAway(parts))
  return router
}

/** A reader's request for one of the pages, once it is known whose it is. */
type Visit = {
  parts: AccountPagesParts
  request: Request
  response: Response
  asking: AskingReader
  now: number
}

function asked(parts: AccountPagesParts, { ownFormsOnly = false } = {}) {
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

/** No other page may cancel for a reader: a browser says where a form was sent from, and none of them lets a page lie. */
function comesFromOwnPage({ headers }: Request, serviceUrl: URL): boolean {
  return headers.origin === serviceUrl.origin || headers['sec-fetch-site'] === 'same-origin'
}

async function showAccount({ parts, request, response, asking, now }: Visit): Promise<void> {
  const account = await lookAtAccount(
    { ...parts, mayDelete: parts.deleteReader !== null },
    { request, asking, now },
  )
  handOutToken(response, asking.caller, { secure: parts.secureCookies })
  sendPage(response, 200, accountPage(account))
}

/** Asks Stripe first, so that what the page says is what will happen. */
async function askWhetherToCancel({ parts, request, response, asking, now }: Visit): Promise<void> {
  const access = await parts.ownSubscription.look(asking.reader)
  const { held, place } = await heldNow(parts.store, { request, asking, access, now })
  if (held === null || held.access.endsAtMs !== null) return leadTo(response, place)
  sendPage(response, 200, confirmCancelPage(place, held))
}

async function cancel({ parts, request, response, asking }: Visit): Promise<void> {
  await parts.ownSubscription.cancel(asking.reader)
  leadTo(response, placeOf(request, asking))
}

async function resume({ parts, request, response, asking }: Visit): Promise<void> {
  const access = await parts.ownSubscription.resume(asking.reader)
  leadTo(response, placeOf(request, asking), access === null ? {} : { done: 'resumed' })
}

/** Takes the offer that was shown to who had canceled, on the very terms that were shown. */
async function stay({ parts, request, response, asking, now }: Visit): Promise<void> {
  const { reader, site } = asking
  const held = await heldNow(parts.store, { request, asking, access: await parts.store.access(reader), now })
  const sent = stayFormSchema.safeParse(request.body)
  const buyer = await buyerOf(parts.store, { reader, registered: false, country: null })
  const attempt = sent.success
    ? beginAttempt({
        purchase: { ...sent.data, returnTo: site.url.pathname, language: held.place.language },
        rules: site,
        reader,
        buyer,
        now: Math.floor(now / 1000) * 1000,
      })
    : null
  const opened =
    attempt === null || attempt instanceof Problem || attempt.winsBack === null
      ? null
      : await parts.openCheckout(attempt)
  const refused = opened === null || opened instanceof Problem
  leadTo(response, held.place, { done: refused ? 'refused' : 'resumed' })
}

const stayFormSchema = z.object({
  offer: z.string(),
  termsHash: z.string(),
  consent: z.literal('yes').transform(() => true),
})

async function leadBack({ request, response, asking }: Visit): Promise<void> {
  leadTo(response, placeOf(request, asking))
}

async function askWhetherToWithdraw({ parts, request, response, asking, now }: Visit): Promise<void> {
  const access = await parts.store.access(asking.reader)
  const { held, place } = await heldNow(parts.store, { request, asking, access, now })
  const untilMs = held === null ? null : withdrawableUntil({ attempt: held.attempt, site: asking.site.site })
  if (untilMs === null || untilMs <= now) return leadTo(response, place)
  sendPage(response, 200, confirmWithdrawPage(place, untilMs))
}

async function withdraw({ parts, request, response, asking, now }: Visit): Promise<void> {
  const withdrawn = await parts.withdraw({ reader: asking.reader, site: asking.site, now })
  leadTo(response, placeOf(request, asking), withdrawn ? { done: 'withdrawn' } : {})
}

/** The payment service's own page, where cards are changed and bills are kept. Its address is a key, so it is not shown. */
async function leadToPortal({ parts, request, response, asking }: Visit): Promise<void> {
  const customer = await parts.store.customer(asking.reader)
  const place = placeOf(request, asking)
  if (customer === null) return leadTo(response, place)
  const returnTo = new URL(accountAddress('/account', place), parts.serviceUrl)
  const address = await parts.payments.portal(customer, { returnTo, language: place.language })
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).redirect(303, address)
}

async function askWhetherToDelete({ parts, request, response, asking, now }: Visit): Promise<void> {
  const access = await parts.store.access(asking.reader)
  const { held, place } = await heldNow(parts.store, { request, asking, access, now })
  if (parts.deleteReader === null) return leadTo(response, place)
  sendPage(response, 200, confirmDeletePage(place, { subscribed: held !== null }))
}

async function deleteData({ parts, request, response, asking }: Visit): Promise<void> {
  const place = placeOf(request, asking)
  if (parts.deleteReader === null) return leadTo(response, place)
  await parts.deleteReader(asking, response)
  sendPage(response, 200, deletedPage(place))
}

function leadTo(response: Response, place: AccountPlace, more: Record<string, string> = {}): void {
  const address = accountAddress('/account', { query: { ...place.query, ...more } })
  response.set('Cache-Control', 'no-store').redirect(303, address)
}

/** Our forms name our own origin as the referrer policy lets them; elsewhere the address of the account is not told. */
function sendPage(response: Response, status: number, page: string): void {
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'Referrer-Policy': 'same-origin',
    })
    .type('html')
    .send(page)
}

function sendRefusal(request: Request, response: Response, { code, detail }: Problem): void {
  const language = languageOf(request)
  const { trouble } = accountCatalogueFor(language)
  const onward = html`<a class="button" href="/account">${trouble.toAccount}</a>`
  sendPage(
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
function pageWhenAway({ isStoreAway, log }: AccountPagesParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (!(error instanceof PaymentsUnavailable) && !isStoreAway(error)) return next(error)
    const { method, path } = request
    log.warn({ error, method, path: request.baseUrl + path }, 'the account page could not be shown')
    const language = languageOf(request)
    const { trouble } = accountCatalogueFor(language)
    const text = error instanceof PaymentsUnavailable ? trouble.payments : trouble.store
    sendPage(
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
