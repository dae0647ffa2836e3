import type { ServerResponse } from 'node:http'

/** Every way we say no, by its stable code. docs/problems.md tells them to people, and a test keeps the two equal. */
export const problemTypes = {
  invalid_request: { status: 400, title: 'The request is not as expected' },
  invalid_json: { status: 400, title: 'The body is not JSON' },
  invalid_signature: { status: 400, title: 'The signature does not fit the body' },
  unauthorized: { status: 401, title: 'The caller is not known' },
  sign_in_token_refused: { status: 401, title: 'The publisher’s token does not sign anybody in' },
  sign_in_code_ended: { status: 401, title: 'The code to sign in has ended' },
  sign_in_required: { status: 401, title: 'Nobody is signed in' },
  sign_in_failed: { status: 401, title: 'E-mail and password do not fit' },
  site_key_required: { status: 403, title: 'Only a publisher’s server may say this' },
  import_not_allowed: { status: 403, title: 'This site key may not import' },
  origin_not_allowed: { status: 403, title: 'Pages of this origin may not call for the site' },
  network_blocked: { status: 403, title: 'Requests from this network are not answered' },
  forbidden: { status: 403, title: 'This is not for the caller’s role' },
  not_found: { status: 404, title: 'There is nothing here' },
  unknown_site: { status: 404, title: 'There is no such site' },
  publisher_sign_in_unavailable: { status: 404, title: 'The site has no sign-in of its own' },
  amp_unavailable: { status: 404, title: 'The site has no AMP pages' },
  gifts_unavailable: { status: 404, title: 'The site has no gift links' },
  method_not_allowed: { status: 405, title: 'This address does not take that method' },
  offer_unavailable: { status: 409, title: 'This offer cannot be bought' },
  offer_ended: { status: 409, title: 'This offer has ended' },
  terms_changed: { status: 409, title: 'The terms are no longer those that were shown' },
  checkout_in_progress: { status: 409, title: 'Another page is opening the payment' },
  already_subscribed: { status: 409, title: 'The reader already has a subscription' },
  not_subscribed: { status: 409, title: 'The reader has no subscription' },
  entry_changed: { status: 409, title: 'Somebody has changed this entry meanwhile' },
  entry_exists: { status: 409, title: 'There is an entry of that name already' },
  draft_changed: { status: 409, title: 'The draft was changed meanwhile' },
  draft_closed: { status: 409, title: 'The draft cannot be changed any more' },
  draft_scheduled: { status: 409, title: 'The draft is scheduled' },
  base_outdated: { status: 409, title: 'Another version was published meanwhile' },
  conflicting_changes: { status: 409, title: 'Two people have changed the same' },
  approval_required: { status: 409, title: 'A second person has to approve' },
  nothing_changed: { status: 409, title: 'There is nothing to publish' },
  already_set_up: { status: 409, title: 'There is an admin already' },
  person_exists: { status: 409, title: 'There is a person of that e-mail address' },
  person_changed: { status: 409, title: 'The person was changed meanwhile' },
  last_admin: { status: 409, title: 'Somebody has to remain an admin' },
  link_expired: { status: 410, title: 'The link is used up or has expired' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body is not of a type that is understood' },
  consent_required: { status: 422, title: 'The reader has not agreed to the terms' },
  draft_invalid: { status: 422, title: 'The draft does not validate' },
  too_many_attempts: { status: 429, title: 'Too many attempts to buy' },
  too_many_sign_ins: { status: 429, title: 'Too many attempts to sign in' },
  no_gifts_left: { status: 429, title: 'The subscriber has no gift left this month' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  payments_unavailable: { status: 503, title: 'Payments cannot be reached' },
  publisher_keys_unavailable: { status: 503, title: 'The publisher’s keys cannot be had' },
  mail_unavailable: { status: 503, title: 'The mail was not taken' },
  sign_in_unavailable: { status: 503, title: 'The identity provider cannot be reached' },
  store_unavailable: { status: 503, title: 'The store cannot be reached' },
} as const

export type ProblemCode = keyof typeof problemTypes

export type FieldError = { field: string; expected: string }

/** A refusal, as a value. `more` are further members of the document, as RFC 9457 allows. */
export class Problem {
  readonly code: ProblemCode
  readonly detail: string
  readonly errors: readonly FieldError[]
  readonly more: Readonly<Record<string, unknown>>

  constructor(
    code: ProblemCode,
    detail: string,
    {
      errors = [],
      more = {},
    }: { errors?: readonly FieldError[]; more?: Readonly<Record<string, unknown>> } = {},
  ) {
    this.code = code
    this.detail = detail
    this.errors = errors
    this.more = more
  }
}

/** A request in which one field is not as expected. */
export function wrongField(field: string, expected: string): Problem {
  return new Problem('invalid_request', `${field}: expected ${expected}.`, { errors: [{ field, expected }] })
}

/** Answers with the problem document of RFC 9457. */
export function sendProblem(
  response: ServerResponse,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): void {
  const { status, title } = problemTypes[problem.code]
  const body = JSON.stringify({
    type: `/docs/problems#${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.detail,
    ...(problem.errors.length > 0 && { errors: problem.errors }),
    ...problem.more,
  })
  response.writeHead(status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(body)
}
