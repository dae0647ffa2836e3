import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { RequestHandler } from 'express'

/** The script that publishers paste: any site may load it, and a new version is there within five minutes. */
export const browserScript = shared('../../dist/browser/newsrack.js', 'text/javascript')

/** What the script offers to a page's own scripts, as TypeScript knows it. */
export const browserTypes = shared('../browser/page-api.d.ts', 'text/plain')

/** Compressed once, since it is what every page loads and a proxy in front may not do it. */
function shared(path: string, type: string): RequestHandler {
  const file = fileURLToPath(new URL(path, import.meta.url))
  let bodies: Record<string, Buffer> | undefined
  return (request, response) => {
    bodies ??= encoded(readFileSync(file))
    const encoding = ['br', 'gzip'].find((name) => request.acceptsEncodings(name)) ?? 'identity'
    response.set({
      'Cross-Origin-Resource-Policy': 'cross-origin',
      // A page that names the script's hash asks for it without its own cookies.
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'public, max-age=300',
      'Content-Type': `${type}; charset=utf-8`,
      Vary: 'Accept-Encoding',
      ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    })
    response.send(bodies[encoding])
  }
}

function encoded(identity: Buffer): Record<string, Buffer> {
  return { identity, gzip: gzipSync(identity, { level: 9 }), br: brotliCompressSync(identity) }
}
