import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Answer } from '../../src/browser/page-api.d.ts'
import { buildBrowserScript } from '../support/browser-script.ts'
import { type ArticlePage, articlePage, pageStyles } from './article-page.ts'

/** What the stand answers to one request of the script. A text goes out as it stands, `hang` never answers. */
export interface Reply {
  status?: number
  body?: unknown
  headers?: Record<string, string>
  hang?: boolean
}

export interface Asked {
  path: string
  body: unknown
  headers: IncomingMessage['headers']
}

export interface Print extends ArticlePage {
  headers?: Record<string, string>
}

interface File {
  type: string
  text: string
  headers?: Record<string, string>
}

/** A newspaper's page, the script as it is built, and a service that answers what the test says, in one server. */
export interface Newsstand {
  origin: string
  asked: Asked[]
  /** The answers to a path in turn; the last one stays. */
  reply(path: string, ...replies: Reply[]): void
  /** The answers to asking and to counting; the same one to both unless told otherwise. */
  decide(asked: Answer, counted?: Answer): void
  /** Changes the page that is served from now on. */
  print(page: Print): void
  /** Puts another file beside the article. */
  add(path: string, file: File): void
  /** The paths that were asked for so far. */
  paths(): string[]
  /** Forgets what was asked, said and printed. */
  clear(): void
  close(): Promise<void>
}

export async function openNewsstand(): Promise<Newsstand> {
  const script = await buildBrowserScript()
  const asked: Asked[] = []
  const replies = new Map<string, Reply[]>()
  let printed: Print = {}
  let pages: Record<string, File> = {}

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://stand').pathname
    if (path.startsWith('/v1/')) return await answer(path, request, response)
    const file = files()[path]
    if (!file) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8`, ...file.headers }).end(file.text)
  })

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = request.headers.origin ?? ''
    response.setHeader('access-control-allow-origin', origin)
    response.setHeader('access-control-allow-credentials', 'true')
    response.setHeader('access-control-allow-headers', 'content-type, authorization')
    response.setHeader('access-control-expose-headers', 'date, newsrack-reader')
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end()
      return
    }
    asked.push({ path, body: JSON.parse(await text(request)), headers: request.headers })
    const queue = replies.get(path) ?? []
    const reply = queue.length > 1 ? queue.shift() : queue[0]
    if (reply?.hang) return
    response.writeHead(reply?.status ?? 200, { 'content-type': 'application/json', ...reply?.headers })
    response.end(typeof reply?.body === 'string' ? reply.body : JSON.stringify(reply?.body ?? null))
  }

  function files(): Record<string, File> {
    return {
      '/article': {
        type: 'text/html',
        text: articlePage(printed),
        ...(printed.headers && { headers: printed.headers }),
      },
      ...pages,
      '/page.css': { type: 'text/css', text: pageStyles },
      '/newsrack.js': {
        type: 'text/javascript',
        text: script,
        headers: { 'access-control-allow-origin': '*' },
      },
      '/favicon.ico': { type: 'image/x-icon', text: '' },
      '/pay': { type: 'text/html', text: '<title>Pay</title>' },
    }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the stand has no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    asked,
    reply: (path, ...given) => void replies.set(path, given),
    decide(answer, counted = answer) {
      replies.set('/v1/access', [{ body: answer }])
      replies.set('/v1/views', [{ body: counted }])
    },
    print: (page) => {
      printed = page
    },
    add: (path, file) => {
      pages[path] = file
    },
    paths: () => asked.map(({ path }) => path),
    clear() {
      pages = {}
      asked.length = 0
      replies.clear()
      printed = {}
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
