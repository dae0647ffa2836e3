import type { Decline } from './cards.ts'

type ErrorType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
export type ErrorBody = {
  type: ErrorType
  message: string
  code?: string
  param?: string
  decline_code?: string
  charge?: string
}

/**
 * A "no" in Stripe's own shape. It is thrown, so that whatever the request had already changed is undone with the
 * transaction it is in; one that is returned keeps what was done, as a bank's no does.
 */
export class Refusal extends Error {
  readonly status: number
  readonly body: ErrorBody

  constructor(status: number, body: ErrorBody) {
    super(body.message)
    this.status = status
    this.body = body
  }
}

/** A request Stripe would not carry out, 400. */
export function invalid(message: string, about: { param?: string; code?: string } = {}): Refusal {
  return new Refusal(400, { type: 'invalid_request_error', message, ...about })
}

/** The bank's no to a payment, 402. */
export function declinedCard({ code, declineCode, message }: Decline, charge: string | undefined): Refusal {
  return new Refusal(402, {
    type: 'card_error',
    code,
    decline_code: declineCode,
    message,
    ...(charge !== undefined && { charge }),
  })
}

export function missing(param: string): Refusal {
  return invalid(`Missing required param: ${param}.`, { param, code: 'parameter_missing' })
}

/** An id nothing goes by: 404 when the address names it, 400 when a parameter does. */
export function noSuch(what: string, id: string, param?: string): Refusal {
  return new Refusal(param === undefined ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param: param ?? 'id',
  })
}

/** What Stripe can do and this stand-in cannot is refused out loud: ignoring it would look like success. */
export function notModelled(what: string): Refusal {
  return invalid(`The payment sandbox does not model ${what}. Stripe itself may accept it.`, { param: what })
}

export function unauthorized(): Refusal {
  return new Refusal(401, {
    type: 'invalid_request_error',
    message: "You did not provide an API key. Send a test key as 'Authorization: Bearer sk_test_…'.",
  })
}

export function noSuchAddress(method: string, path: string): Refusal {
  return new Refusal(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}), or one the payment sandbox does not serve.`,
  })
}

export function keyUsedBefore(key: string): Refusal {
  return new Refusal(400, {
    type: 'idempotency_error',
    message: `Idempotency key '${key}' was first used with other parameters. Use another key for another request.`,
  })
}
