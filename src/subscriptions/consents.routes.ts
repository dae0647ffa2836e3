import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { Problem, sendProblem, wrongField } from '../http/problem.ts'
import type { Route, RoutedRequest } from '../http/route.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import { isoWithOffset } from '../time.ts'
import { type Attempt, attemptStatusSchema } from './attempt.ts'
import type { SubscriptionStore } from './subscription-store.ts'

export type ConsentRoutesParts = {
  identify: IdentifyCaller
  store: Pick<SubscriptionStore, 'attemptsBetween'>
  /** Epoch milliseconds. */
  now: () => number
}

const instantSchema = z.iso.datetime({ offset: true })

const querySchema = z.object({
  from: instantSchema.optional().describe('The first instant; from the beginning if left out'),
  to: instantSchema.optional().describe('The first instant no more; until now if left out'),
  format: z.enum(['ndjson', 'csv']).default('ndjson').describe('JSON, one a line; or a table'),
})

/** What a reader agreed to: the exact text, when, and about which offer. */
const consentSchema = z
  .object({
    attempt: z.string(),
    at: instantSchema,
    site: z.string(),
    reader: z.string().describe('The key of the reader; without an id where the reader is forgotten'),
    offer: z.string(),
    plan: z.string(),
    configVersion: z.int(),
    language: z.string(),
    status: attemptStatusSchema.describe('What became of it: complete where it was paid'),
    termsHash: z.string().describe('SHA-256 of the terms in UTF-8, hexadecimal'),
    terms: z.string(),
  })
  .describe('A line of the answer')

type Consent = z.infer<typeof consentSchema>

/** The records of consent, to be kept and shown. However many there are, they are sent as they are read. */
export function consentRoutes(parts: ConsentRoutesParts): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/console/consents',
      summary: 'What this site’s readers have agreed to, the oldest first',
      description:
        'Every attempt to buy with the exact terms, their hash, the version of the configuration and the time.',
      callers: ['server'],
      query: querySchema,
      answers: {
        200: { description: 'A line each', body: consentSchema, contentType: 'application/x-ndjson' },
      },
      problems: ['invalid_request', 'unauthorized', 'store_unavailable'],
      handle: (request, response) => sendConsents(parts, request, response),
    },
  ]
}

async function sendConsents(
  parts: ConsentRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const now = parts.now()
  const caller = await parts.identify(request, now)
  if (caller instanceof Problem) return sendProblem(response, caller)
  if (caller.kind !== 'server') {
    return sendProblem(response, new Problem('unauthorized', 'Only the key of a site may ask this.'))
  }
  const query = readQuery(request)
  if (query instanceof Problem) return sendProblem(response, query)
  const { from = '1970-01-01T00:00:00Z', to, format } = query
  const toMs = to === undefined ? now + 1 : Date.parse(to)
  const { line, head, type } = formats[format]
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="consents.${format}"`,
    'Cache-Control': 'no-store',
  })
  response.write(head)
  for await (const attempt of parts.store.attemptsBetween(caller.siteKey.site, Date.parse(from), toMs)) {
    if (response.destroyed) return
    if (!response.write(line(consentOf(attempt))))
      await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
  response.end()
}

function readQuery({ url = '/' }: RoutedRequest): z.output<typeof querySchema> | Problem {
  const { searchParams } = new URL(url, 'http://localhost')
  const parsed = querySchema.safeParse(Object.fromEntries(searchParams))
  if (parsed.success) return parsed.data
  const field = String(parsed.error.issues[0]?.path[0] ?? 'query')
  return wrongField(
    field,
    field === 'format' ? 'ndjson or csv' : 'an instant with an offset such as 2026-12-01T00:00:00-05:00',
  )
}

function consentOf(attempt: Attempt): Consent {
  const { id, site, reader, offer, plan, configVersion, language, status, consent } = attempt
  const { terms, termsHash, atMs } = consent
  const at = isoWithOffset(atMs, 'UTC')
  return { attempt: id, at, site, reader, offer, plan, configVersion, language, status, termsHash, terms }
}

const columns = consentSchema.keyof().options

const formats = {
  ndjson: {
    type: 'application/x-ndjson',
    head: '',
    line: (consent: Consent) => `${JSON.stringify(consent)}\n`,
  },
  csv: {
    type: 'text/csv; charset=utf-8',
    head: `${columns.join(',')}\r\n`,
    line: (consent: Consent) => `${columns.map((column) => cell(String(consent[column]))).join(',')}\r\n`,
  },
}

/** RFC 4180. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
