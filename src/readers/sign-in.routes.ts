import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { readJson } from '../http/body.ts'
import type { ClientAddress } from '../http/client-address.ts'
import { allowOrigin } from '../http/cors.ts'
import { Problem, sendProblem, wrongField } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import { siteOf } from '../paywall/access-request.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import { idSchema } from '../publishing/id.ts'
import type { AccountStore } from './account-store.ts'
import { type IdentifyCaller, mayCallFrom, type ReaderCaller } from './caller.ts'
import { emailSchema } from './email-address.ts'
import { type EnterAccount, leaveAccount } from './enter-account.ts'
import { handOutToken } from './hand-out-token.ts'
import { type Identity, newId } from './identity.ts'
import { type MailLinks, returnAddress } from './mail-links.ts'
import type { ReadPublisherToken } from './publisher-token.ts'
import { publishersReaderId } from './reader-key.ts'
import type { ReaderTokens } from './reader-token.ts'
import type { SignIn } from './sign-in.ts'

export type SignInRoutesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  tokens: ReaderTokens
  accounts: AccountStore
  enterAccount: EnterAccount
  mailLinks: MailLinks
  signIn: SignIn
  readPublisherToken: ReadPublisherToken
  secureCookies: boolean
  addressOf: ClientAddress
  /** Epoch milliseconds. */
  now: () => number
}

const siteSchema = idSchema.optional().describe('May be left out where there is one')

const askSchema = z.strictObject({
  site: siteSchema,
  email: emailSchema.describe('Where the link goes'),
  returnTo: z.string().max(2048).default('/').describe('An address or a path of the site to come back to'),
  language: z.string().max(35).optional().describe('BCP 47: of the mail and the page; else the site’s'),
})

const publisherSchema = z.strictObject({
  site: siteSchema,
  token: z.string().max(8192).describe('A JWT of the publisher’s own sign-in'),
})

const codeSchema = z.strictObject({
  code: z.string().max(64).describe('From the fragment of the address that a mailed link led back to'),
})

const readerSchema = z.object({ reader: z.object({ id: z.string(), registered: z.boolean() }) })

const bodyProblems = ['invalid_request', 'invalid_json', 'unsupported_media_type', 'body_too_large'] as const
const callerProblems = ['unauthorized', 'origin_not_allowed', 'unknown_site', 'store_unavailable'] as const

/** Signing in by mail or by the publisher’s own token, and signing out. */
export function signInRoutes(parts: SignInRoutesParts): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/sign-in',
      summary: 'Mail this address a link to sign in',
      description:
        'Answers alike whether there is an account or not. The link works once, for 15 minutes, and leads back to `returnTo`.',
      callers: ['reader'],
      body: askSchema,
      answers: { 202: { description: 'A mail is on its way', body: z.object({ sent: z.literal(true) }) } },
      problems: [...bodyProblems, ...callerProblems, 'too_many_sign_ins'],
      handle: (request, response) => askForLink(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/sign-in/publisher',
      summary: 'Sign in by the publisher’s own token',
      description:
        'The token’s `sub` is the id by which your server names the reader. What was read and bought in this browser follows the reader in. May be repeated.',
      callers: ['reader'],
      body: publisherSchema,
      answers: { 200: { description: 'The reader signed in', body: readerSchema } },
      problems: [
        ...bodyProblems,
        ...callerProblems,
        'sign_in_token_refused',
        'publisher_sign_in_unavailable',
        'publisher_keys_unavailable',
      ],
      handle: (request, response) => signInByToken(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/sign-in/exchange',
      summary: 'Sign in a page that the cookie does not reach',
      description:
        'A mailed link leads back to a page of another origin with `#newsrack=<code>`. The code works once, for a minute, and for pages of that origin only. `Newsrack-Reader` brings the token, unless the page is signed in already.',
      callers: ['reader'],
      body: codeSchema,
      answers: { 200: { description: 'The reader of this page now', body: readerSchema } },
      problems: [...bodyProblems, 'unauthorized', 'store_unavailable', 'sign_in_code_ended'],
      handle: (request, response) => exchangeCode(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/sign-out',
      summary: 'End this browser’s session',
      description: 'The browser is again the anonymous reader that it was before. May be repeated.',
      callers: ['reader'],
      query: z.object({ site: z.string().optional().describe('May be left out where there is one') }),
      answers: { 200: { description: 'The reader of this browser now', body: readerSchema } },
      problems: ['invalid_request', ...callerProblems],
      handle: (request, response) => signOut(parts, request, response),
    },
  ]
}

async function askForLink(
  parts: SignInRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const asking = await readAsking(parts, request, response, askSchema)
  if (asking instanceof Problem) return sendProblem(response, asking)
  const { caller, site, body } = asking
  const returnTo = returnAddress(body.returnTo, site)
  if (returnTo === null)
    return sendProblem(response, wrongField('returnTo', 'an address or a path of the site'))
  handOutToken(response, caller, { secure: parts.secureCookies })
  const refusal = await parts.mailLinks.ask({
    site,
    email: body.email,
    browser: caller.identity.browser,
    address: parts.addressOf(request) ?? '',
    returnTo,
    language: site.languageFor(body.language),
  })
  if (refusal === null) return sendJson(response, 202, { sent: true })
  response.setHeader('Retry-After', String(refusal.more.retryAfter))
  sendProblem(response, refusal)
}

async function signInByToken(
  parts: SignInRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const asking = await readAsking(parts, request, response, publisherSchema)
  if (asking instanceof Problem) return sendProblem(response, asking)
  const { caller, site, body, now } = asking
  const read = await parts.readPublisherToken(body.token, { site: site.site, now })
  if (read instanceof Problem) return sendProblem(response, read)
  const id = publishersReaderId(read.sub)
  const identity = await parts.enterAccount({
    identity: caller.identity,
    site,
    account: { id, name: null, email: null },
    session: newId(),
    userAgent: request.headers['user-agent'],
    now,
  })
  handOut(parts, response, { caller, identity, now })
  sendJson(response, 200, { reader: { id, registered: true } })
}

async function exchangeCode(
  parts: SignInRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const asking = await readReader(parts, request, response, codeSchema)
  if (asking instanceof Problem) return sendProblem(response, asking)
  const { caller, body, now } = asking
  const joined = await parts.signIn.exchange(body.code, {
    identity: caller.identity,
    userAgent: request.headers['user-agent'],
    origin: request.headers.origin ?? '',
    now,
  })
  if (joined === null)
    return sendProblem(
      response,
      new Problem(
        'sign_in_code_ended',
        'The code was used, is older than a minute, or is for another origin.',
      ),
    )
  const { identity, account } = joined
  handOut(parts, response, { caller, identity, now })
  sendJson(response, 200, { reader: { id: account, registered: true } })
}

async function signOut(
  parts: SignInRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const rules = parts.rules()
  const now = parts.now()
  allowOrigin(request, response, rules.origins)
  const caller = await parts.identify(request, now)
  if (caller instanceof Problem) return sendProblem(response, caller)
  if (caller.kind !== 'reader') return sendProblem(response, onlyReaders())
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const site = siteOf(rules, caller, searchParams.get('site') ?? undefined)
  if (site instanceof Problem) return sendProblem(response, site)
  const refusal = mayCallFrom(caller, request.headers.origin, site.origins)
  if (refusal !== null) return sendProblem(response, refusal)
  const identity = await leaveAccount(parts.accounts, caller.identity, site.site.id, now)
  handOut(parts, response, { caller, identity, now })
  sendJson(response, 200, { reader: { id: identity.browser, registered: false } })
}

type Asking<Body> = { caller: ReaderCaller; body: Body; rules: Rules; now: number }

async function readAsking<Schema extends z.ZodType<{ site?: string | undefined }>>(
  parts: SignInRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
  schema: Schema,
): Promise<(Asking<z.output<Schema>> & { site: SiteRules }) | Problem> {
  const asking = await readReader(parts, request, response, schema)
  if (asking instanceof Problem) return asking
  const { rules, caller, body } = asking
  const site = siteOf(rules, caller, body.site)
  if (site instanceof Problem) return site
  return mayCallFrom(caller, request.headers.origin, site.origins) ?? { ...asking, site }
}

async function readReader<Schema extends z.ZodType>(
  parts: SignInRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
  schema: Schema,
): Promise<Asking<z.output<Schema>> | Problem> {
  const rules = parts.rules()
  const now = parts.now()
  allowOrigin(request, response, rules.origins)
  const caller = await parts.identify(request, now)
  if (caller instanceof Problem) return caller
  const body = await readJson(request, schema)
  if (body instanceof Problem) return body
  return caller.kind === 'reader' ? { caller, body, rules, now } : onlyReaders()
}

function onlyReaders(): Problem {
  return new Problem('unauthorized', 'Only a reader may ask this.')
}

/** A token for what the browser has become, if it has become something. */
function handOut(
  { tokens, secureCookies }: Pick<SignInRoutesParts, 'tokens' | 'secureCookies'>,
  response: ServerResponse,
  { caller, identity, now }: { caller: ReaderCaller; identity: Identity; now: number },
): void {
  const newToken = identity === caller.identity ? caller.newToken : tokens.issue(identity, now)
  handOutToken(response, { ...caller, newToken }, { secure: secureCookies })
}
