import { fileURLToPath } from 'node:url'
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express'
import type { Logger } from 'pino'
import { html } from '../http/html.ts'
import { Problem, problemTypes } from '../http/problem.ts'
import { comesFromOwnPage } from '../http/same-origin.ts'
import { meterStates } from '../metering/meter-question.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { Rules } from '../paywall/rules.ts'
import { type AskingReader, askingReader } from '../readers/asking-reader.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import type { ReaderSection } from '../readers/reader-section.ts'
import type { Access } from './access.ts'
import { type Account, accountPage, confirmPage, messagePage } from './account-page.ts'
import type { Held } from './account-words.ts'
import type { OwnSubscription } from './own-subscription.ts'
import { PaymentsUnavailable } from './payments.ts'
import type { SubscriptionStore } from './subscription-store.ts'

export type AccountPagesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  meter: MeterStore
  store: SubscriptionStore
  ownSubscription: OwnSubscription
  readerSection: ReaderSection
  serviceUrl: URL
  secureCookies: boolean
  isStoreAway: (error: unknown) => boolean
  log: Logger
  /** Epoch milliseconds. */
  now: () => number
}

const styles = fileURLToPath(new URL('account.css', import.meta.url))

/** The pages on which readers see what they have, and leave and come back. They need no script. */
export function accountPages(parts: AccountPagesParts): Router {
  const router = express.Router()
  router.get('/account/account.css', (_request, response) => response.sendFile(styles, { maxAge: '1 hour' }))
  router.get('/account', (request, response) => showAccount(parts, request, response))
  router.get('/account/cancel', (request, response) => askToConfirm(parts, request, response))
  router.post('/account/cancel', (request, response) => change(parts, request, response, 'cancel'))
  router.post('/account/resume', (request, response) => change(parts, request, response, 'resume'))
  router.get('/account/resume', (request, response) => leadTo(response, '/account', namedSite(request)))
  router.use('/account', pageWhenAway(parts))
  return router
}

async function showAccount(parts: AccountPagesParts, request: Request, response: Response): Promise<void> {
  const asking = await whoAsks(parts, request)
  if (asking instanceof Problem) return sendRefusal(response, asking)
  const access = await parts.store.access(asking.reader)
  handOutToken(response, asking.caller, { secure: parts.secureCookies })
  sendPage(response, 200, accountPage(await accountOf(parts, { request, asking, access })))
}

/** Asks Stripe first, so that what the page says is what will happen. */
async function askToConfirm(parts: AccountPagesParts, request: Request, response: Response): Promise<void> {
  const asking = await whoAsks(parts, request)
  if (asking instanceof Problem) return sendRefusal(response, asking)
  const access = await parts.ownSubscription.look(asking.reader)
  const account = await accountOf(parts, { request, asking, access })
  const held = account.subscription
  if (held === null || held.access.endsAtMs !== null) return leadTo(response, '/account', account.named)
  sendPage(response, 200, confirmPage(account, held))
}

async function change(
  parts: AccountPagesParts,
  request: Request,
  response: Response,
  act: 'cancel' | 'resume',
): Promise<void> {
  if (!comesFromOwnPage(request, parts.serviceUrl)) {
    const detail = 'This was not sent from your account page, so nothing has changed.'
    return sendRefusal(response, new Problem('origin_not_allowed', detail))
  }
  const asking = await whoAsks(parts, request)
  if (asking instanceof Problem) return sendRefusal(response, asking)
  const access = await parts.ownSubscription[act](asking.reader)
  leadTo(response, '/account', namedSite(request), act === 'resume' && access !== null ? { resumed: '' } : {})
}

function whoAsks(
  { rules, identify, now }: AccountPagesParts,
  request: Request,
): Promise<AskingReader | Problem> {
  return askingReader({ rules: rules(), identify, request, now: now() })
}

async function accountOf(
  { meter, store, readerSection, now }: AccountPagesParts,
  { request, asking, access }: { request: Request; asking: AskingReader; access: Access | null },
): Promise<Account> {
  const at = now()
  const { site, reader } = asking
  const named = namedSite(request)
  const language = site.languageFor(undefined)
  const [facts, subscription, readerShown] = await Promise.all([
    meter.readerFacts(reader),
    heldNow(store, { access, site: site.site, now: at }),
    readerSection(asking, { language, named }),
  ])
  return {
    site,
    named,
    reader: readerShown,
    meter:
      meterStates(site.meters, { registered: asking.account !== null, views: facts.views, now: at }).at(-1) ??
      null,
    subscription,
    resumed: request.query.resumed !== undefined,
  }
}

/** Who owes a payment has a subscription to cancel, even when it opens nothing any more. */
async function heldNow(
  store: SubscriptionStore,
  { access, site, now }: Omit<Held, 'access' | 'attempt'> & { access: Access | null },
): Promise<Held | null> {
  if (access === null || (access.untilMs <= now && access.standing !== 'grace')) return null
  const attempt = await store.attempt(access.attempt)
  if (attempt === null) throw new Error(`access names attempt ${access.attempt}, which is not known`)
  return { access, attempt, site, now }
}

function namedSite(request: Request): string | null {
  return new URL(request.url, 'http://localhost').searchParams.get('site')
}

function leadTo(
  response: Response,
  path: string,
  site: string | null,
  more: Record<string, string> = {},
): void {
  const query = new URLSearchParams({ ...(site !== null && { site }), ...more }).toString()
  response.set('Cache-Control', 'no-store').redirect(303, query === '' ? path : `${path}?${query}`)
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

function sendRefusal(response: Response, { code, detail }: Problem): void {
  const onward = html`<a class="button" href="/account">Go to your account</a>`
  const page = messagePage({ title: 'Sorry, that did not work', text: detail, onward })
  sendPage(response, problemTypes[code].status, page)
}

/** Stripe or the store does not answer. Whatever was asked may be asked again. */
function pageWhenAway({ isStoreAway, log }: AccountPagesParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (!(error instanceof PaymentsUnavailable) && !isStoreAway(error)) return next(error)
    log.warn(
      { error, method: request.method, path: request.originalUrl },
      'the account page could not be shown',
    )
    const again = request.originalUrl
    const onward =
      request.method === 'POST'
        ? html`<form method="post" action="${again}"><button>Try again</button></form>`
        : html`<a class="button" href="${again}">Try again</a>`
    const text =
      error instanceof PaymentsUnavailable
        ? 'Our payment service does not answer just now, so we cannot confirm this. Nothing was charged. Please try again in a moment; trying twice does no harm.'
        : 'We cannot look up your account just now. Please try again in a moment.'
    sendPage(response, 503, messagePage({ title: 'Please try again', text, onward }))
  }
}
