import type { DraftProblem, FieldError } from './types.ts'

/** A refusal of the API (RFC 9457), or that it could not be reached. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly FieldError[]
  readonly problems: readonly DraftProblem[]
  /** Further members of the document. */
  readonly more: Readonly<Record<string, unknown>>

  constructor(status: number, document: Record<string, unknown>) {
    super(String(document.detail ?? document.title ?? 'Something went wrong. Please try again.'))
    this.status = status
    this.code = String(document.code ?? 'unknown')
    this.errors = Array.isArray(document.errors) ? document.errors : []
    this.problems = Array.isArray(document.problems) ? document.problems : []
    this.more = document
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Calls a route below /v1/console/. Rejects with ApiProblem. */
export async function call<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const response = await request(method, path, body)
  if (response.status === 204) return JSON.parse('null')
  return await response.json()
}

/** The response of a route that answers bit by bit. Rejects with ApiProblem. */
export async function request(method: Method, path: string, body?: unknown): Promise<Response> {
  const isText = typeof body === 'string' || body instanceof Blob
  const response = await fetch(`/v1/console/${path}`, {
    method,
    ...(body !== undefined && {
      body: isText ? body : JSON.stringify(body),
      headers: { 'Content-Type': isText ? 'text/plain' : 'application/json' },
    }),
  }).catch(() => {
    throw new ApiProblem(0, {
      code: 'unreachable',
      detail: 'Newsrack cannot be reached. Is the connection there?',
    })
  })
  if (response.ok) return response
  throw new ApiProblem(response.status, await response.json().catch(() => ({})))
}

export const get = <Answer>(path: string) => call<Answer>('GET', path)
export const post = <Answer>(path: string, body?: unknown) => call<Answer>('POST', path, body)
export const put = <Answer>(path: string, body: unknown) => call<Answer>('PUT', path, body)
export const remove = <Answer>(path: string) => call<Answer>('DELETE', path)

/** `drafts/d_1/entries`, each part escaped. */
export function address(...parts: (string | number)[]): string {
  return parts.map((part) => encodeURIComponent(part)).join('/')
}
