import type { TokenExchange } from './reader-token.ts'

const askTimeoutMs = 4_000
const checkoutTimeoutMs = 20_000

/** Which article is asked about: the body of `/v1/views` and `/v1/access`. */
export interface Reading {
  site?: string | undefined
  article: {
    id: string
    section?: string | undefined
    tags?: string[] | undefined
    class?: string | undefined
    url: string
  }
  referrer?: string | undefined
}

/** The service's decision about one reader and one article. */
export interface Answer {
  granted: boolean
  reason: string
  meter: Meter | null
  wall: Wall | null
  offer: Offer | null
  /** Opens the text that a page leaves out; null where none is left out. */
  grant: string | null
}

export interface Meter {
  window: 'day' | 'week' | 'month' | 'rolling'
  limit: number
  left: number
  /** ISO 8601 with the site's offset: when the reader regains a view. */
  resetsAt: string
}

export interface Wall {
  kind: 'subscription' | 'registration'
}

/** What is proposed, in words that are complete: nothing here is computed by the page. */
export interface Offer {
  id: string
  headline: string
  price: string
  button: string
  notes: string[]
  terms: string
  /** Goes back with the reader's consent and proves which terms were read. */
  termsHash: string
}

/** The body of `/v1/checkout`. */
export interface CheckoutRequest {
  site?: string | undefined
  offer: string
  termsHash: string
  consent: true
  returnTo: string
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
  /** Asks and counts. */
  view(reading: Reading): Promise<Outcome<Answer>>
  /** Asks and counts nothing. */
  access(reading: Reading): Promise<Outcome<Answer>>
  checkout(request: CheckoutRequest): Promise<Outcome<Checkout>>
}

export function connectService({ origin, token }: { origin: string; token: () => TokenExchange }): Service {
  async function post<T>(call: Call<T>): Promise<Outcome<T>> {
    try {
      const exchange = token()
      const response = await fetch(origin + call.path, {
        method: 'POST',
        credentials: 'include',
        headers: { 'content-type': 'application/json', ...exchange.headers },
        body: JSON.stringify(call.body),
        signal: AbortSignal.timeout(call.timeoutMs),
      })
      if (!response.ok) return await refusal(response)
      exchange.answered(response.headers.get('newsrack-reader'))
      const value: unknown = await response.json()
      return call.isExpected(value)
        ? { kind: 'answer', value }
        : { kind: 'unreachable', detail: 'an answer it does not understand' }
    } catch (reason) {
      return { kind: 'unreachable', detail: String(reason) }
    }
  }
  const ask = (path: string) => (body: Reading) =>
    post({ path, body, timeoutMs: askTimeoutMs, isExpected: isAnswer })
  return {
    view: ask('/v1/views'),
    access: ask('/v1/access'),
    checkout: (body) =>
      post({ path: '/v1/checkout', body, timeoutMs: checkoutTimeoutMs, isExpected: isCheckout }),
  }
}

interface Call<T> {
  path: string
  body: Reading | CheckoutRequest
  timeoutMs: number
  isExpected: (value: unknown) => value is T
}

/** RFC 9457, with the fields that were not as expected. A 5xx may know a code too (`payments_unavailable`). */
async function refusal(response: Response): Promise<Failure> {
  const problem: unknown = await response.json().catch(() => null)
  if (!isProblem(problem)) return { kind: 'unreachable', detail: `status ${response.status}` }
  const errors = (problem.errors ?? []).map(({ field, expected }) => ` ${field}: ${expected}.`)
  return {
    kind: 'problem',
    status: response.status,
    code: problem.code,
    detail: (problem.detail ?? problem.code) + errors.join(''),
    offer: problem.offer ?? null,
  }
}

interface Problem {
  code: string
  detail?: string
  errors?: { field: string; expected: string }[]
  offer?: Offer
}

function isAnswer(value: unknown): value is Answer {
  return isRecord(value) && typeof value.granted === 'boolean'
}

function isCheckout(value: unknown): value is Checkout {
  return isRecord(value) && typeof value.url === 'string'
}

function isProblem(value: unknown): value is Problem {
  return isRecord(value) && typeof value.code === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
