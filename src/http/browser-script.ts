import { fileURLToPath } from 'node:url'
import type { RequestHandler } from 'express'

/** The script that publishers paste: any site may load it, and a new version is there within five minutes. */
export const browserScript = shared('../../dist/browser/newsrack.js')

/** What the script offers to a page's own scripts, as TypeScript knows it. */
export const browserTypes = shared('../browser/page-api.d.ts')

function shared(path: string): RequestHandler {
  const file = fileURLToPath(new URL(path, import.meta.url))
  return (_request, response, next) => {
    response.set('Cross-Origin-Resource-Policy', 'cross-origin')
    // A page that names the script's hash asks for it without its own cookies.
    response.set('Access-Control-Allow-Origin', '*')
    response.sendFile(file, { maxAge: '5 minutes' }, (error) => {
      if (error) next(error)
    })
  }
}
