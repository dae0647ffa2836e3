import type { IncomingMessage } from 'node:http'
import { LRUCache } from 'lru-cache'
import type { z } from 'zod'
import { type FieldError, Problem } from './problem.ts'

const largestBodyBytes = 64 * 1024

/** The raw body, or why it cannot be had. */
export async function readBody(
  request: IncomingMessage,
  largestBytes = largestBodyBytes,
): Promise<Buffer | Problem> {
  await null
  return bodyAtHand(request, largestBytes) ?? gatherBody(request, largestBytes)
}

/**
 * A small body comes with the head, and is there as soon as the parser has handed it over, which it does before anything
 * that the handler awaits: listening for it would cost more. Null where the rest has still to come.
 */
function bodyAtHand(request: IncomingMessage, largestBytes: number): Buffer | Problem | null {
  if (request.readableLength !== Number(request.headers['content-length'])) return null
  const whole: Buffer = request.read() ?? Buffer.alloc(0)
  return whole.length > largestBytes ? tooLarge(largestBytes) : whole
}

function gatherBody(request: IncomingMessage, largestBytes: number): Promise<Buffer | Problem> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= largestBytes) chunks.push(chunk)
      else resolve(tooLarge(largestBytes))
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

function tooLarge(largestBytes: number): Problem {
  return new Problem('body_too_large', `The body may have ${largestBytes} bytes at most.`)
}

/** The body as the schema describes it, or a problem that names each field and what was expected. */
export async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
  largestBytes = largestBodyBytes,
): Promise<z.output<Schema> | Problem> {
  if (!isJson(request)) return notJson()
  const raw = await readBody(request, largestBytes)
  return raw instanceof Problem ? raw : parseJson(raw, schema)
}

/** So many different bodies are remembered, of so many bytes at the most: some ten megabytes when all are the longest. */
const rememberedBodies = 10_000
const longestRememberedBytes = 512

/**
 * The same for a route that is sent the very same bodies again and again, as most readers open the same few articles:
 * what one of them says is read and checked once. Callers share what it gives, so they may not change it.
 */
export function rememberingReader<Schema extends z.ZodType<object>>(
  schema: Schema,
): (request: IncomingMessage) => z.output<Schema> | Problem | Promise<z.output<Schema> | Problem> {
  const known = new LRUCache<string, z.output<Schema>>({ max: rememberedBodies })

  function understand(raw: Buffer | Problem): z.output<Schema> | Problem {
    if (raw instanceof Problem) return raw
    if (raw.length > longestRememberedBytes) return parseJson(raw, schema)
    const text = raw.toString('latin1')
    const before = known.get(text)
    if (before !== undefined) return before
    const parsed = parseJson(raw, schema)
    if (!(parsed instanceof Problem)) known.set(text, parsed)
    return parsed
  }

  return (request) => {
    if (!isJson(request)) return notJson()
    const raw = bodyAtHand(request, largestBodyBytes)
    return raw === null ? readBody(request).then(understand) : understand(raw)
  }
}

function isJson({ headers }: IncomingMessage): boolean {
  const type = headers['content-type']
  return type === 'application/json' || (type !== undefined && /^application\/json\s*(;|$)/i.test(type))
}

function notJson(): Problem {
  return new Problem('unsupported_media_type', 'Send the body as application/json.')
}

function parseJson<Schema extends z.ZodType>(raw: Buffer, schema: Schema): z.output<Schema> | Problem {
  let value: unknown
  try {
    value = JSON.parse(raw.toString())
  } catch {
    return new Problem('invalid_json', 'The body could not be read as JSON.')
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : invalidRequest(parsed.error)
}

/** A problem that names every field which was not as expected. */
export function invalidRequest(error: z.ZodError): Problem {
  const errors = error.issues.flatMap(fieldErrors)
  const detail = errors.map(({ field, expected }) => `${field}: expected ${expected}`).join('; ')
  return new Problem('invalid_request', `${detail}.`, { errors })
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const field = issue.path.map(String).join('.') || 'body'
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: field === 'body' ? key : `${field}.${key}`,
      expected: 'no such field',
    }))
  }
  if (issue.code === 'invalid_type') return [{ field, expected: anExpected(issue.expected) }]
  return [{ field, expected: issue.message.replace(/^Invalid [^:]*: (expected )?/, '') }]
}

function anExpected(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}
