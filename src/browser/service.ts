import type { Answer, Article, Offer } from './page-api.d.ts'
import type { TokenExchange } from './reader-token.ts'
import { isRecord } from './record.ts'

const askTimeoutMs = 4_000
const submitTimeoutMs = 20_000

/** Which article is asked about: the body of `/v1/views` and `/v1/access`. */
export interface Reading {
  site?: string | undefined
  article: Article
  referrer?: string | undefined
  gift?: string | undefined
  /** BCP 47: what the page is written in. */
  language?: string | undefined
}

/** The body of `/v1/checkout`. */
export interface CheckoutRequest {
  site?: string | undefined
  offer: string
  termsHash: string
  consent: true
  returnTo: string
  language?: string | undefined
  section?: string | undefined
}

/** The body of `/v1/sign-in`. */
export interface SignInRequest {
  site?: string | undefined
  email: string
  returnTo: string
  language?: string | undefined
}

/** Where the reader pays. */
export interface Checkout {
  url: string
}

/** `problem`: the service refused and says why. `unreachable`: it could not answer. */
export type Failure =
  | { kind: 'problem'; status: number; code: string; detail: string; offer: Offer | null }
  | { kind: 'unreachable'; detail: string }

export type Outcome<T> = { kind: 'answer'; value: T } | Failure

/** Newsrack's API as a page uses it. No call throws, and each ends within its time. */
export interface Service {
  /** Asks and counts nothing. */
  access(reading: Reading): Promise<Outcome<Answer>>
  /** Asks and counts. */
  view(reading: Reading): Promise<Outcome<Answer>>
  checkout(request: CheckoutRequest): Promise<Outcome<Checkout>>
  /** Has a link sent that signs the reader in. */
  signIn(request: SignInRequest): Promise<Outcome<unknown>>
  /** Signs this page in with the code that a mailed link has led back with. */
  exchange(code: string): Promise<Outcome<unknown>>
  /** Epoch milliseconds by the service's clock, to the second, as far as it has answered; else the browser's. */
  now(): number
}

export function connectService({ origin, token }: { origin: string; token: () => TokenExchange }): Service {
  /** How far the service's clock is ahead of the browser's. */
  let aheadMs = 0

  async function post<T>(
    { path, body, timeoutMs = submitTimeoutMs }: Call,
    isExpected: (value: unknown) => value is T,
  ): Promise<Outcome<T>> {
    try {
      const exchange = token()
      const response = await fetch(origin + path, {
        method: 'POST',
        credentials: 'include',
        // What is counted is counted also for a reader who leaves in that moment.
        keepalive: true,
        headers: { 'content-type': 'application/json', ...exchange.headers },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      })
      aheadMs = Date.parse(response.headers.get('date') ?? '') - Date.now() || 0
      if (!response.ok) return await refusal(response)
      exchange.answered(response.headers.get('newsrack-reader'), 'code' in body)
      const value: unknown = await response.json().catch(() => null)
      return isExpected(value)
        ? { kind: 'answer', value }
        : { kind: 'unreachable', detail: 'an answer it does not understand' }
    } catch (reason) {
      return { kind: 'unreachable', detail: String(reason) }
    }
  }
  const ask = (path: string) => (body: Reading) => post({ path, body, timeoutMs: askTimeoutMs }, isAnswer)
  return {
    access: ask('/v1/access'),
    view: ask('/v1/views'),
    checkout: (body) => post({ path: '/v1/checkout', body }, isCheckout),
    signIn: (body) => post({ path: '/v1/sign-in', body }, isRecord),
    exchange: (code) =>
      post({ path: '/v1/sign-in/exchange', body: { code }, timeoutMs: askTimeoutMs }, isRecord),
    now: () => Date.now() + aheadMs,
  }
}

interface Call {
  path: string
  body: Reading | CheckoutRequest | SignInRequest | { code: string }
  timeoutMs?: number
}

/** RFC 9457. A 5xx may know a code too (`payments_unavailable`). */
async function refusal(response: Response): Promise<Failure> {
  const problem: unknown = await response.json().catch(() => null)
  if (!isProblem(problem)) return { kind: 'unreachable', detail: `status ${response.status}` }
  return {
    kind: 'problem',
    status: response.status,
    code: problem.code,
    detail: problem.detail ?? problem.code,
    offer: problem.offer ?? null,
  }
}

interface Problem {
  code: string
  detail?: string
  offer?: Offer
}

/** A refusal that says nothing cannot stand as a wall. */
function isAnswer(value: unknown): value is Answer {
  return isRecord(value) && (value.granted === true || (value.granted === false && isRecord(value.wall)))
}

function isCheckout(value: unknown): value is Checkout {
  return isRecord(value) && typeof value.url === 'string'
}

function isProblem(value: unknown): value is Problem {
  return isRecord(value) && typeof value.code === 'string'
}
