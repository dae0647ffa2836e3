import type { ErrorRequestHandler, Express, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { PaymentsUnavailable } from '../subscriptions/payments.ts'
import { answerPreflight } from './cors.ts'
import { Problem, sendProblem } from './problem.ts'
import type { Route } from './route.ts'

/** Puts the routes into Express; an address that knows other methods only says so. */
export function mountRoutes(app: Express, routes: readonly Route[]): void {
  for (const route of routes) app[route.method](route.path, route.handle)
}

/** For the addresses of these routes, after all of them. */
export function refuseOtherMethods(app: Express, routes: readonly Route[]): void {
  for (const [path, sharing] of Map.groupBy(routes, ({ path }) => path)) {
    const allowed = sharing.map(({ method }) => method.toUpperCase()).join(', ')
    app.all(path, (_request, response) => {
      response.setHeader('Allow', allowed)
      sendProblem(response, new Problem('method_not_allowed', `This address takes ${allowed}.`))
    })
  }
}

export function preflight(origins: () => ReadonlySet<string>): RequestHandler {
  return (request, response) => answerPreflight(request, response, origins())
}

export const nothingHere: RequestHandler = (request, response) => {
  sendProblem(response, new Problem('not_found', `There is nothing at ${request.path}.`))
}

/** What nobody foresaw: the log has it all, the caller a code. `isStoreAway` tells the store's absence from a fault. */
export function errorHandler(options: {
  log: Logger
  isStoreAway: (error: unknown) => boolean
}): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = problemOf(error, options.isStoreAway)
    const level = problem.code === 'internal_error' ? 'error' : 'warn'
    options.log[level]({ error, method: request.method, path: request.path }, problem.detail)
    if (response.headersSent) response.destroy()
    else sendProblem(response, problem)
  }
}

function problemOf(error: unknown, isStoreAway: (error: unknown) => boolean): Problem {
  if (error instanceof PaymentsUnavailable) {
    return new Problem(
      'payments_unavailable',
      'Payments cannot be reached just now. Nothing was charged; try again.',
    )
  }
  if (isStoreAway(error))
    return new Problem('store_unavailable', 'The store cannot be reached just now; try again.')
  if (error instanceof URIError) return new Problem('not_found', 'There is nothing at this address.')
  return new Problem('internal_error', 'Something went wrong on our side.')
}
