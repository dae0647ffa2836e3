import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { parse } from 'qs'
import { Problem, sendProblem } from '../http/problem.ts'
import type { Route, RoutedRequest } from '../http/route.ts'
import type { SingleSignOnAccount } from '../settings.ts'
import { knownByProvider } from './known-by-provider.ts'
import type { PeopleStore } from './people-store.ts'
import { cookieOf, type Sessions } from './sessions.ts'
import { type SignInUnderWay, type SingleSignOn, underWaySchema } from './single-sign-on.ts'

export type SingleSignOnParts = {
  singleSignOn: { account: SingleSignOnAccount; provider: SingleSignOn } | null
  people: PeopleStore
  sessions: Sessions
  serviceUrl: URL
  secureCookies: boolean
  log: Logger
  now: () => number
}

export const callbackPath = '/v1/console/sign-in/oidc/callback'
const underWaySeconds = 600

/** Two addresses that a browser goes to; both lead on to the console. */
export function singleSignOnRoutes(parts: SingleSignOnParts): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/console/sign-in/oidc',
      summary: 'Go to the identity provider to sign in',
      callers: ['anyone'],
      answers: {
        303: { description: 'To the provider, or back to the console with `problem` in the address' },
      },
      problems: ['not_found'],
      handle: (_request, response) => begin(parts, response),
    },
    {
      method: 'get',
      path: callbackPath,
      summary: 'Come back from the identity provider',
      callers: ['anyone'],
      answers: { 303: { description: 'To the console, signed in, or with `problem` in the address' } },
      problems: ['not_found'],
      handle: (request, response) => finish(parts, request, response),
    },
  ]
}

async function begin(parts: SingleSignOnParts, response: ServerResponse): Promise<void> {
  if (parts.singleSignOn === null) return sendProblem(response, none())
  try {
    const { url, underWay } = await parts.singleSignOn.provider.begin()
    redirect(response, url.href, [underWayCookie(parts, underWay)])
  } catch (error) {
    parts.log.warn({ error }, 'the identity provider could not be reached')
    back(parts, response, 'sign_in_unavailable')
  }
}

async function finish(
  parts: SingleSignOnParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const { singleSignOn, people, sessions, serviceUrl, log, now } = parts
  if (singleSignOn === null) return sendProblem(response, none())
  const underWay = underWayOf(parts, request)
  if (underWay === null) return back(parts, response, 'sign_in_failed')
  try {
    const { account, provider } = singleSignOn
    const identity = await provider.finish(new URL(request.url ?? '', serviceUrl), underWay)
    const person = await knownByProvider({ people, account, now: now() }, identity)
    if (person === null) return back(parts, response, 'forbidden')
    const { cookie } = await sessions.begin(person, request)
    redirect(response, '/console', [cookie, noUnderWayCookie(parts)])
  } catch (error) {
    log.warn({ error }, 'a sign-in by the identity provider failed')
    back(parts, response, 'sign_in_failed')
  }
}

function none(): Problem {
  return new Problem('not_found', 'No identity provider is set up: see OIDC_ISSUER.')
}

function back(parts: SingleSignOnParts, response: ServerResponse, problem: string): void {
  redirect(response, `/console/sign-in?problem=${problem}`, [noUnderWayCookie(parts)])
}

function redirect(response: ServerResponse, location: string, cookies: string[]): void {
  response.writeHead(303, { Location: location, 'Set-Cookie': cookies, 'Cache-Control': 'no-store' })
  response.end()
}

/** Lax, as the browser comes back from another site; the state ties what comes back to this browser. */
function underWayCookie(parts: SingleSignOnParts, underWay: SignInUnderWay): string {
  const value = new URLSearchParams(underWay).toString()
  return `${cookieName(parts)}=${value}; ${attributes(parts)}; Max-Age=${underWaySeconds}`
}

function noUnderWayCookie(parts: SingleSignOnParts): string {
  return `${cookieName(parts)}=; ${attributes(parts)}; Max-Age=0`
}

function underWayOf(parts: SingleSignOnParts, { headers }: RoutedRequest): SignInUnderWay | null {
  const read = underWaySchema.safeParse(parse(cookieOf(headers.cookie, cookieName(parts)) ?? ''))
  return read.success ? read.data : null
}

function cookieName({ secureCookies }: SingleSignOnParts): string {
  return secureCookies ? '__Host-newsrack_sign_in' : 'newsrack_sign_in'
}

function attributes({ secureCookies }: SingleSignOnParts): string {
  return `Path=/; HttpOnly; SameSite=Lax${secureCookies ? '; Secure' : ''}`
}
