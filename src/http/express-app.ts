import express, { type Express, type Router } from 'express'
import helmet from 'helmet'
import { browserScript, browserTypes } from './browser-script.ts'
import { docsRouter } from './docs.routes.ts'
import type { AnswerFailure } from './failure.ts'
import { errorHandler, mountRoutes, nothingHere, preflight, refuseOtherMethods } from './mount-routes.ts'
import { openApiDocument } from './openapi.ts'
import type { Route } from './route.ts'

/** All that is not answered in front of Express: the API, then the pages in their order, then what is not there. */
export function expressApp(options: {
  /** As Express's `trust proxy`. */
  trustProxy: number | string[]
  serviceUrl: URL
  origins: () => ReadonlySet<string>
  routes: readonly Route[]
  pages: readonly Router[]
  answerFailure: AnswerFailure
}): Express {
  const { trustProxy, serviceUrl, origins, routes, pages, answerFailure } = options
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', trustProxy)
  mountRoutes(app, routes)
  app.options('/v1/*path', preflight(origins))
  refuseOtherMethods(app, routes)
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }))
  app.get('/newsrack.js', browserScript)
  app.get('/newsrack.d.ts', browserTypes)
  app.use(docsRouter(openApiDocument(routes, { serviceUrl })))
  app.use(...pages)
  app.use(nothingHere)
  app.use(errorHandler(answerFailure))
  return app
}
