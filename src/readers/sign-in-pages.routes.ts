import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express'
import type { Logger } from 'pino'
import { readBody } from '../http/body.ts'
import type { ClientAddress } from '../http/client-address.ts'
import { Problem } from '../http/problem.ts'
import { comesFromOwnPage } from '../http/same-origin.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import type { IdentifyCaller, ReaderCaller } from './caller.ts'
import { emailAddress } from './email-address.ts'
import { handOutToken } from './hand-out-token.ts'
import { type MailLinks, returnAddress } from './mail-links.ts'
import type { ReaderTokens } from './reader-token.ts'
import type { SignIn } from './sign-in.ts'
import { askPage, confirmPage, endedPage, type SignInView, sentPage, sorryPage } from './sign-in-page.ts'
import type { SignInRequest } from './sign-in-store.ts'
import { signInWords } from './sign-in-words.ts'

export type SignInPagesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  tokens: ReaderTokens
  signIn: SignIn
  mailLinks: MailLinks
  serviceUrl: URL
  secureCookies: boolean
  addressOf: ClientAddress
  isStoreAway: (error: unknown) => boolean
  log: Pick<Logger, 'warn'>
  /** Epoch milliseconds. */
  now: () => number
}

const styles = fileURLToPath(new URL('sign-in.css', import.meta.url))

/**
 * In the browser where the link was asked for, the button presses itself. Without script it is there to be pressed; a
 * page that the browser only prepares waits until somebody sees it.
 */
const pressButton =
  "const go=()=>document.forms[0].submit();document.prerendering?document.addEventListener('prerenderingchange',go,{once:true}):go()"
const pressButtonHash = createHash('sha256').update(pressButton).digest('base64')

/** The pages on which people sign in. They need no script. */
export function signInPages(parts: SignInPagesParts): Router {
  const router = express.Router()
  router.get('/sign-in/sign-in.css', (_request, response) => response.sendFile(styles, { maxAge: '1 hour' }))
  router.get('/sign-in', (request, response) => showForm(parts, request, response))
  router.post('/sign-in', (request, response) => takeForm(parts, request, response))
  router.get('/sign-in/confirm', (request, response) => showLink(parts, request, response))
  router.post('/sign-in/confirm', (request, response) => useLink(parts, request, response))
  router.use('/sign-in', pageWhenAway(parts))
  return router
}

function showForm(parts: SignInPagesParts, request: Request, response: Response): void {
  const { searchParams } = new URL(request.url, parts.serviceUrl)
  const view = viewOf(parts, searchParams)
  const returnTo = returnOf(parts, view.site, searchParams)
  sendPage(response, 200, askPage(view, { email: '', returnTo, fault: null }))
}

async function takeForm(parts: SignInPagesParts, request: Request, response: Response): Promise<void> {
  const form = await readForm(request)
  const view = viewOf(parts, form)
  const { words } = signInWords(view.language)
  if (!comesFromOwnPage(request, parts.serviceUrl))
    return sendPage(response, 403, sorryPage(view, words.notFromHere))
  const caller = await readerOf(parts, request)
  if (caller === null) return sendPage(response, 401, sorryPage(view, words.notFromHere))

  const returnTo = returnOf(parts, view.site, form)
  const typed = form.get('email') ?? ''
  const email = emailAddress(typed)
  if (email === null)
    return sendPage(response, 422, askPage(view, { email: typed, returnTo, fault: words.ask.wrongAddress }))
  handOutToken(response, caller, { secure: parts.secureCookies })
  const refusal = await parts.mailLinks.ask({
    site: view.site,
    email,
    browser: caller.identity.browser,
    address: parts.addressOf(request) ?? '',
    returnTo,
    language: view.language,
  })
  if (refusal === null) return sendPage(response, 202, sentPage(view, { email, returnTo }))
  const minutes = Math.ceil(Number(refusal.more.retryAfter) / 60)
  response.set('Retry-After', String(refusal.more.retryAfter))
  const fault = words.tooMany(new Intl.NumberFormat(view.language).format(minutes))
  sendPage(response, 429, askPage(view, { email: typed, returnTo, fault }))
}

/** Opening a link uses nothing up. */
async function showLink(parts: SignInPagesParts, request: Request, response: Response): Promise<void> {
  const { searchParams } = new URL(request.url, parts.serviceUrl)
  const token = searchParams.get('token') ?? ''
  const waiting = await parts.signIn.look(token)
  if (waiting === null) return sendPage(response, 404, endedPage(viewOf(parts, searchParams)))
  const caller = await readerOf(parts, request)
  if (caller !== null) handOutToken(response, caller, { secure: parts.secureCookies })
  const { email, browser, returnTo, language } = waiting.request
  const page = confirmPage(viewAt(parts, waiting.site, language), {
    email,
    token,
    sameBrowser: caller?.identity.browser === browser,
    script: pressButton,
  })
  sendPage(response, 200, page, new URL(returnTo).origin)
}

async function useLink(parts: SignInPagesParts, request: Request, response: Response): Promise<void> {
  const form = await readForm(request)
  const view = viewOf(parts, form)
  const caller = comesFromOwnPage(request, parts.serviceUrl) ? await readerOf(parts, request) : null
  if (caller === null)
    return sendPage(response, 403, sorryPage(view, signInWords(view.language).words.notFromHere))
  const now = parts.now()
  const by = { identity: caller.identity, userAgent: request.headers['user-agent'], now }
  const confirmed = await parts.signIn.confirm(form.get('token') ?? '', by)
  if (confirmed === null) return sendPage(response, 404, endedPage(view))
  const newToken = parts.tokens.issue(confirmed.identity, now)
  handOutToken(response, { ...caller, newToken }, { secure: parts.secureCookies })
  response.set('Cache-Control', 'no-store').redirect(303, await backTo(parts, confirmed.request))
}

/** A page of another origin may not see the cookie, so it gets a code; a fragment is sent to no server and no referrer. */
async function backTo({ signIn, serviceUrl }: SignInPagesParts, request: SignInRequest): Promise<string> {
  const address = new URL(request.returnTo)
  if (address.origin === serviceUrl.origin) return address.href
  address.hash += `${address.hash === '' ? '' : '&'}newsrack=${await signIn.codeFor(request)}`
  return address.href
}

/** Null for a publisher’s server, which has no business here. */
async function readerOf({ identify, now }: SignInPagesParts, request: Request): Promise<ReaderCaller | null> {
  const caller = await identify(request, now())
  return caller instanceof Problem || caller.kind !== 'reader' ? null : caller
}

/** The site and the language that an address or a form names; the first site for a name that is unknown. */
function viewOf(parts: SignInPagesParts, said: URLSearchParams): SignInView {
  const rules = parts.rules()
  const named = rules.sites.get(said.get('site') ?? '')
  const [first] = rules.sites.values()
  const site = named ?? first
  if (site === undefined) throw new Error('the configuration has no site')
  return viewAt(parts, site, site.languageFor(said.get('language') ?? undefined))
}

function viewAt({ rules }: SignInPagesParts, site: SiteRules, language: string): SignInView {
  return { site, named: rules().onlySite === null ? site.site.id : null, language }
}

/** Never an address that is not the site’s: whoever makes a link to our page must not choose where it ends. */
function returnOf({ serviceUrl }: SignInPagesParts, site: SiteRules, said: URLSearchParams): string {
  const wanted = said.get('returnTo')
  const account = new URL('/account', serviceUrl)
  return (wanted === null ? null : returnAddress(wanted, site)) ?? account.href
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const body = await readBody(request)
  return new URLSearchParams(body instanceof Problem ? '' : body.toString())
}

/** Browsers hold a form's policy against where the answer leads too, so the page to come back to is named. */
function sendPage(response: Response, status: number, page: string, leadsTo = ''): void {
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      'Content-Security-Policy': `default-src 'none'; style-src 'self'; img-src data:; script-src 'sha256-${pressButtonHash}'; form-action 'self' ${leadsTo}; base-uri 'none'; frame-ancestors 'none'`,
      'Referrer-Policy': 'same-origin',
    })
    .type('html')
    .send(page)
}

/** The store does not answer. A link that was opened may be opened again. */
function pageWhenAway(parts: SignInPagesParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (!parts.isStoreAway(error)) return next(error)
    parts.log.warn(
      { error, method: request.method, path: request.baseUrl + request.path },
      'nobody could sign in',
    )
    const view = viewOf(parts, new URL(request.originalUrl, parts.serviceUrl).searchParams)
    sendPage(response, 503, sorryPage(view, signInWords(view.language).words.away))
  }
}
