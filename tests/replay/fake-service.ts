import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const viewSchema = z.strictObject({
  site: z.literal('demo'),
  article: z.strictObject({ id: z.string(), url: z.url().optional() }),
  reader: z.strictObject({ id: z.string(), registered: z.literal(false) }),
  at: z.iso.datetime({ offset: true }),
  referrer: z.url().optional(),
})

export type SeenView = z.infer<typeof viewSchema>
type Answer = { status: number; body: object }

/**
 * A stand-in service with a meter of two articles a reader and day-long memory of nothing else; it refuses
 * every key but the given one. `before` is awaited before each answer.
 */
export async function startFakeService({
  key = 'import-key',
  before = async () => {},
}: {
  key?: string
  before?: (view: SeenView) => Promise<void>
} = {}) {
  const seen: SeenView[] = []
  const answerView = createMeter()
  const server = createServer(async (request, response) => {
    const answer = await answerRequest()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))

    async function answerRequest(): Promise<Answer> {
      if (`${request.method} ${request.url}` !== 'POST /v1/views') return { status: 404, body: {} }
      if (request.headers.authorization !== `Bearer ${key}`) {
        return { status: 401, body: { code: 'unauthorized', detail: 'Unknown site key.' } }
      }
      const view = viewSchema.parse(JSON.parse(await text(request)))
      seen.push(view)
      await before(view)
      return answerView(view)
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The fake service has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function createMeter(): (view: SeenView) => Answer {
  const read = new Map<string, Set<string>>()
  return ({ article, reader }) => {
    if (article.id === '/broken')
      return { status: 422, body: { code: 'invalid_article', detail: 'Not here.' } }
    if (article.id === '/free') return decision(true, 'free')
    const articles = read.get(reader.id) ?? new Set()
    read.set(reader.id, articles)
    if (articles.has(article.id)) return decision(true, 'reread')
    if (articles.size >= 2) return decision(false, 'meter_stop', { id: '25c-for-5-months' })
    articles.add(article.id)
    return decision(true, 'metered')
  }
}

function decision(granted: boolean, reason: string, offer: object | null = null): Answer {
  return { status: 200, body: { granted, reason, offer } }
}
