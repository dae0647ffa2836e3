import { z } from 'zod'
import { ReplayStopped } from './replay-stopped.ts'

export type View = {
  articleId: string
  url: string | null
  readerId: string
  atMs: number
  referrer: string | null
}

export type ViewAnswer =
  | { ok: true; reason: string; offerShown: boolean }
  | { ok: false; code: string; example: string }

const answerSchema = z.looseObject({
  granted: z.boolean(),
  reason: z.string(),
  offer: z.looseObject({}).nullish(),
})
const problemSchema = z.looseObject({ code: z.string().optional(), detail: z.string().optional() })

const timeoutMs = 30_000

/**
 * Sends views to a running service as a publisher's server with an importing site key. An answer that is no
 * decision is a value, named by its problem code.
 * @throws ReplayStopped when the service cannot be reached or refuses the key.
 */
export function createViewSender({ url, site, key }: { url: string; site: string; key: string }) {
  const base = url.endsWith('/') ? url : `${url}/`
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const postView = (path: string, view: View) =>
    post({ address: new URL(path, base), headers, body: JSON.stringify(viewBody(site, view)) })

  /** Why the view would be answered so, as the service says it; null where it refuses to. */
  async function askWhy(view: View): Promise<string | null> {
    const { status, text } = await postView('v1/console/explain', view)
    return status === 200 ? text : null
  }

  async function sendView(view: View): Promise<ViewAnswer> {
    const { status, text } = await postView('v1/views', view)
    if (status === 401 || status === 403) {
      throw new ReplayStopped(
        `The service at ${url} refused the site key (${problemIn(status, text)}): it needs one that may import for ${site}.`,
      )
    }
    return readAnswer(status, text)
  }

  return { sendView, askWhy }
}

function viewBody(site: string, { articleId, url, readerId, atMs, referrer }: View) {
  return {
    site,
    article: { id: articleId, ...(url === null ? {} : { url }) },
    reader: { id: readerId, registered: false },
    at: new Date(atMs).toISOString(),
    ...(referrer === null ? {} : { referrer }),
  }
}

async function post({
  address,
  headers,
  body,
}: {
  address: URL
  headers: Record<string, string>
  body: string
}) {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(address, { method: 'POST', headers, body, signal })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    throw new ReplayStopped(
      `Cannot reach the service at ${address.origin} (${causeOf(error)}): is it running?`,
    )
  }
}

function readAnswer(status: number, text: string): ViewAnswer {
  if (status < 200 || status > 299) {
    return { ok: false, code: readProblem(text).code ?? `http_${status}`, example: problemIn(status, text) }
  }
  const answer = answerSchema.safeParse(parseJson(text))
  if (!answer.success) return { ok: false, code: 'unrecognised_answer', example: text.slice(0, 200) }
  return { ok: true, reason: answer.data.reason, offerShown: (answer.data.offer ?? null) !== null }
}

function problemIn(status: number, text: string): string {
  const { code, detail } = readProblem(text)
  return [status, code, detail].filter((part) => part !== undefined).join(' ')
}

function readProblem(text: string) {
  return problemSchema.safeParse(parseJson(text)).data ?? {}
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// fetch says only "fetch failed"; what the network said is in the cause, which may be one error of several.
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer in ${timeoutMs / 1000} seconds`
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return error.message
}
