import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'
import { problemsPage } from './problems-page.ts'

/** The API reference for people at `/docs`, of the document at `/openapi.json`. */
export function docsRouter(openApi: object): Router {
  const router = express.Router()
  const document = JSON.stringify(openApi)
  router.get('/openapi.json', (_request, response) => {
    response.set('Access-Control-Allow-Origin', '*').type('json').send(document)
  })
  router.get('/docs', (_request, response) => {
    response.set('Content-Security-Policy', policy).type('html').send(page)
  })
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(script)
  })
  router.get('/docs/problems', (_request, response) => {
    response.type('html').send(problemsPage())
  })
  router.get('/docs/problems.css', (_request, response) => {
    response.sendFile(problemsStyle, { maxAge: '1 day' })
  })
  router.use('/docs/ui', express.static(uiFolder(), { index: false, maxAge: '1 day' }))
  return router
}

/** The reference sets styles on its elements as it draws itself. */
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Newsrack API</title>
    <link rel="stylesheet" href="/docs/ui/swagger-ui.css">
    <link rel="icon" href="/docs/ui/favicon-32x32.png">
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/ui/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`

const script = "SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true })\n"

const problemsStyle = fileURLToPath(new URL('problems.css', import.meta.url))

function uiFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
}
