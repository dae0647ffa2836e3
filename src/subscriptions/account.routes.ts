import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'
import { handOutToken } from '../readers/hand-out-token.ts'
import { accountAddress } from './account-document.ts'
import { give, showGifts, stay } from './account-offers.ts'
import { accountPage } from './account-page.ts'
import {
  confirmCancelPage,
  confirmDeletePage,
  confirmWithdrawPage,
  deletedPage,
} from './account-questions.ts'
import {
  type AccountPagesParts,
  asked,
  leadTo,
  pageWhenAway,
  sendAccountPage,
  type Visit,
} from './account-visit.routes.ts'
import { heldNow, lookAtAccount, placeOf } from './look-at-account.ts'
import { withdrawableUntil } from './withdrawal.ts'

const readForm = express.urlencoded({ extended: false, limit: '2kb' })
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
  router.post('/account/stay', readForm, does(stay))
  router.get('/account/give', shows(showGifts))
  router.post('/account/give', readForm, does(give))
  router.get('/account/withdraw', shows(askWhetherToWithdraw))
  router.post('/account/withdraw', does(withdraw))
  router.get('/account/delete', shows(askWhetherToDelete))
  router.post('/account/delete', does(deleteData))
  router.use('/account', pageWhenAway(parts))
  return router
}

async function showAccount({ parts, request, response, asking, now }: Visit): Promise<void> {
  const account = await lookAtAccount(parts, { request, asking, now })
  handOutToken(response, asking.caller, { secure: parts.secureCookies })
  sendAccountPage(response, 200, accountPage(account))
}

/** Asks Stripe first, so that what the page says is what will happen. */
async function askWhetherToCancel({ parts, request, response, asking, now }: Visit): Promise<void> {
  const access = await parts.ownSubscription.look(asking.reader)
  const { held, place } = await heldNow(parts.store, { request, asking, access, now })
  if (held === null || held.access.endsAtMs !== null) return leadTo(response, place)
  sendAccountPage(response, 200, confirmCancelPage(place, held))
}

async function cancel({ parts, request, response, asking }: Visit): Promise<void> {
  await parts.ownSubscription.cancel(asking.reader)
  leadTo(response, placeOf(request, asking))
}

async function resume({ parts, request, response, asking }: Visit): Promise<void> {
  const access = await parts.ownSubscription.resume(asking.reader)
  leadTo(response, placeOf(request, asking), access === null ? {} : { done: 'resumed' })
}

async function leadBack({ request, response, asking }: Visit): Promise<void> {
  leadTo(response, placeOf(request, asking))
}

async function askWhetherToWithdraw({ parts, request, response, asking, now }: Visit): Promise<void> {
  const access = await parts.store.access(asking.reader)
  const { held, place } = await heldNow(parts.store, { request, asking, access, now })
  const untilMs = held === null ? null : withdrawableUntil({ attempt: held.attempt, site: asking.site.site })
  if (untilMs === null || untilMs <= now) return leadTo(response, place)
  sendAccountPage(response, 200, confirmWithdrawPage(place, untilMs))
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
  sendAccountPage(response, 200, confirmDeletePage(place, { subscribed: held !== null }))
}

async function deleteData({ parts, request, response, asking }: Visit): Promise<void> {
  const place = placeOf(request, asking)
  await parts.deleteReader(asking, response)
  sendAccountPage(response, 200, deletedPage(place))
}
