import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { PaymentsUnavailable } from '../subscriptions/payments.ts'
import { Problem, problemTypes, sendProblem } from './problem.ts'

/** Answers when a handler has failed: the log has it all, the caller a code. */
export type AnswerFailure = (error: unknown, request: IncomingMessage, response: ServerResponse) => void

/** `isStoreAway` tells the store's absence from a fault. */
export function createAnswerFailure(options: {
  log: Logger
  isStoreAway: (error: unknown) => boolean
}): AnswerFailure {
  return (error, request, response) => {
    if (hasLeft(error, request)) return
    const problem = problemOf(error, options.isStoreAway)
    const level = problem.code === 'internal_error' ? 'error' : 'warn'
    const [path] = (request.url ?? '').split('?')
    options.log[level]({ error, method: request.method, path }, problem.detail)
    if (response.headersSent) response.destroy()
    else sendProblem(response, problem, retryLater(problem))
  }
}

/** A client that went away in the middle of its request is nothing that we or anybody could mend. */
function hasLeft(error: unknown, { socket }: IncomingMessage): boolean {
  return socket.destroyed && error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}

function problemOf(error: unknown, isStoreAway: (error: unknown) => boolean): Problem {
  if (error instanceof PaymentsUnavailable) {
    return new Problem(
      'payments_unavailable',
      'Payments cannot be reached just now. Nothing was charged; try again.',
    )
  }
  if (isStoreAway(error)) {
    return new Problem('store_unavailable', 'The store cannot be reached just now; try again.')
  }
  if (error instanceof URIError) return new Problem('not_found', 'There is nothing at this address.')
  return new Problem('internal_error', 'Something went wrong on our side.')
}

/** What is away now may be back soon. */
function retryLater({ code }: Problem): Record<string, string> {
  return problemTypes[code].status === 503 ? { 'Retry-After': '10' } : {}
}
