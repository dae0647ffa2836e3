import { fileURLToPath } from 'node:url'
import express, { type Response, type Router } from 'express'

const built = fileURLToPath(new URL('../../dist/console/', import.meta.url))

/** The console's web app at /console, as the build made it. Each of its pages is the same document. */
export function consoleWebPages(): Router {
  const router = express.Router()
  // The names of these files hold a hash of what is in them.
  router.use(
    '/console/assets',
    express.static(`${built}assets`, { index: false, immutable: true, maxAge: '1 year' }),
  )
  router.get('/console/preview', (_request, response) => {
    send(response, 'preview.html', "frame-ancestors 'self'")
  })
  router.get(/^\/console(?:\/(?!assets\/).*)?$/, (_request, response) => {
    send(response, 'index.html', "frame-ancestors 'none'")
  })
  return router
}

/** Nothing from elsewhere, nothing written into the page: neither script nor style. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"

function send(response: Response, file: string, frames: string): void {
  response.set('Content-Security-Policy', `${policy}; ${frames}`)
  response.set('Cache-Control', 'no-cache')
  response.sendFile(file, { root: built, cacheControl: false })
}
