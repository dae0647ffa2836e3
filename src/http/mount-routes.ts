import type { ErrorRequestHandler, Express, RequestHandler } from 'express'
import { answerPreflight } from './cors.ts'
import type { AnswerFailure } from './failure.ts'
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

export function errorHandler(answerFailure: AnswerFailure): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => answerFailure(error, request, response)
}
