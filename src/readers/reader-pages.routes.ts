import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express'
import type { Logger } from 'pino'
import { readBody } from '../http/body.ts'
import { Problem, problemTypes } from '../http/problem.ts'
import { comesFromOwnPage } from '../http/same-origin.ts'
import type { Rules } from '../paywall/rules.ts'
import type { AccountStore } from './account-store.ts'
import { type AskingReader, askingReader } from './asking-reader.ts'
import type { IdentifyCaller } from './caller.ts'
import { leaveAccount } from './enter-account.ts'
import { handOutToken } from './hand-out-token.ts'
import type { ReaderTokens } from './reader-token.ts'
import { type SignInView, sorryPage } from './sign-in-page.ts'
import { signInWords } from './sign-in-words.ts'

export type ReaderPagesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  tokens: ReaderTokens
  accounts: AccountStore
  serviceUrl: URL
  isStoreAway: (error: unknown) => boolean
  log: Pick<Logger, 'warn'>
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

/** What the buttons of the account page's section about the reader do. They need no script. */
export function readerPages(parts: ReaderPagesParts): Router {
  const router = express.Router()
  router.post('/account/sign-out', (request, response) => act(parts, request, response, signOut))
  router.post('/account/sessions/end', (request, response) => act(parts, request, response, endSession))
  router.use('/account', pageWhenAway(parts))
  return router
}

type Act = (
  parts: ReaderPagesParts,
  asking: AskingReader,
  request: Request,
  response: Response,
) => Promise<void>

/** Then the account page is shown, as it is now. */
async function act(parts: ReaderPagesParts, request: Request, response: Response, act: Act): Promise<void> {
  const asking = comesFromOwnPage(request, parts.serviceUrl)
    ? await whoAsks(parts, request)
    : new Problem('origin_not_allowed', 'This was not sent from the account page.')
  if (asking instanceof Problem) return refuse(parts, request, response, asking)
  await act(parts, asking, request, response)
  const { search } = new URL(request.originalUrl, parts.serviceUrl)
  response.set('Cache-Control', 'no-store').redirect(303, `/account${search}`)
}

const signOut: Act = async (parts, { caller, site }, _request, response) => {
  const now = parts.now()
  const identity = await leaveAccount(parts.accounts, caller.identity, site.site.id, now)
  const newToken = parts.tokens.issue(identity, now)
  handOutToken(response, { ...caller, newToken }, { secure: parts.secureCookies })
}

const endSession: Act = async (parts, { account, reader }, request) => {
  const body = await readBody(request)
  const session = new URLSearchParams(body instanceof Problem ? '' : body.toString()).get('session')
  if (account !== null && session !== null) await parts.accounts.endSession(reader, session)
}

function whoAsks({ rules, identify, now }: ReaderPagesParts, request: Request) {
  return askingReader({ rules: rules(), identify, request, now: now() })
}

function viewOf(
  { rules, serviceUrl }: ReaderPagesParts,
  request: Request,
  { site }: Pick<AskingReader, 'site'>,
): SignInView {
  const language = new URL(request.originalUrl, serviceUrl).searchParams.get('language') ?? undefined
  const named = rules().onlySite === null ? site.site.id : null
  return { site, named, language: site.languageFor(language) }
}

function refuse(parts: ReaderPagesParts, request: Request, response: Response, { code }: Problem): void {
  sendPage(response, problemTypes[code].status, sorry(parts, request, 'notFromHere'))
}

function sorry(parts: ReaderPagesParts, request: Request, why: 'notFromHere' | 'away'): string {
  const [site] = parts.rules().sites.values()
  if (site === undefined) throw new Error('the configuration has no site')
  const view = viewOf(parts, request, { site })
  return sorryPage(view, signInWords(view.language).words[why])
}

/** The store does not answer. Whatever was asked may be asked again. */
function pageWhenAway(parts: ReaderPagesParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (!parts.isStoreAway(error)) return next(error)
    const path = request.baseUrl + request.path
    parts.log.warn({ error, method: request.method, path }, 'what a reader asked for was not done')
    sendPage(response, 503, sorry(parts, request, 'away'))
  }
}

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
