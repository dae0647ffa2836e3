import { fileURLToPath } from 'node:url'
import type { RequestHandler } from 'express'

const file = fileURLToPath(new URL('../../dist/browser/newsrack.js', import.meta.url))

/** The script that publishers paste: any site may load it, and a new version is there within five minutes. */
export const browserScript: RequestHandler = (_request, response, next) => {
  response.set('Cross-Origin-Resource-Policy', 'cross-origin')
  response.sendFile(file, { maxAge: '5 minutes' }, (error) => {
    if (error) next(error)
  })
}
