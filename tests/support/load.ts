import { setInterval } from 'node:timers/promises'
import { z } from 'zod'
import { type Service, siteKey } from './service.ts'

/** What a publisher's server was told about one reader and one article. */
export type Answer = { reader: string; article: string; status: number } & z.output<typeof decisionSchema>

const decisionSchema = z.object({
  granted: z.boolean(),
  reason: z.string(),
  meter: z.object({ used: z.number(), limit: z.number() }).nullable(),
})

const readers = 24
const articles = 8
const atOnce = 16
const tickMs = 50
/** Who has no answer by then gets none. */
const noAnswerMs = 30_000

/**
 * Readers who go through the articles, one after another and over again, until `stop()`: every 50 ms as many requests
 * as make it 16 that wait for an answer. It ends by itself, and rejects, when one gets no decision.
 */
export function startLoad(service: Service) {
  const answers: Answer[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  const underWay = new Set<Promise<void>>()
  const stopping = new AbortController()
  let sent = 0
  let failure: unknown = null

  async function send(): Promise<void> {
    const reader = `reader-${sent % readers}`
    const article = `article-${Math.floor(sent / readers) % articles}`
    sent += 1
    answers.push(await view(service, reader, article))
    for (const { count, resolve } of waiting) if (answers.length >= count) resolve()
  }

  async function run(): Promise<void> {
    for await (const _ of setInterval(tickMs)) {
      if (stopping.signal.aborted) break
      while (underWay.size < atOnce) {
        const request = send()
          .catch((error: unknown) => {
            failure ??= error
            stopping.abort()
          })
          .finally(() => underWay.delete(request))
        underWay.add(request)
      }
    }
    await Promise.all(underWay)
    if (failure !== null) throw failure
  }

  const done = run()
  done.catch(() => {})
  return {
    answers: answers as readonly Answer[],
    /** Resolves when so many more answers have come than there are now. */
    async more(count: number): Promise<void> {
      await Promise.race([
        new Promise<void>((resolve) => waiting.push({ count: answers.length + count, resolve })),
        done,
      ])
    },
    async stop(): Promise<readonly Answer[]> {
      stopping.abort()
      await done
      return answers
    },
  }
}

/** Opens an article for a reader, or only asks; rejects where the service does not answer at all. */
export async function view(
  service: Service,
  reader: string,
  article: string,
  path = '/v1/views',
): Promise<Answer> {
  const response = await fetch(service.url + path, {
    method: 'POST',
    signal: AbortSignal.timeout(noAnswerMs),
    headers: { Authorization: `Bearer ${siteKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ reader: { id: reader }, article: { id: article } }),
  })
  const body = await response.json()
  const decision = decisionSchema.safeParse(body)
  if (!decision.success) throw new Error(`${response.status}: ${JSON.stringify(body)}`)
  return { reader, article, status: response.status, ...decision.data }
}
