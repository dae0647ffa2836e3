import { z } from 'zod'
import { type ProblemCode, problemTypes } from './problem.ts'
import type { CallerKind, Route } from './route.ts'

/** The OpenAPI 3.1 document of these routes, from the schemas that validate their requests. */
export function openApiDocument(routes: readonly Route[], { serviceUrl }: { serviceUrl: URL }): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Newsrack',
      version: '1',
      description:
        'May this reader open this article? Times are ISO 8601 with offset, money is in minor units with an ISO 4217 code, ' +
        'errors are RFC 9457 problem documents with a stable code. Unknown request fields are refused by name.',
    },
    servers: [{ url: serviceUrl.origin }],
    paths,
    components: { securitySchemes, schemas: { Problem: problemSchema } },
  }
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problemTypes), description: 'Stable; see docs/problems.md' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      description: 'The fields that were not as expected',
      items: {
        type: 'object',
        required: ['field', 'expected'],
        properties: { field: { type: 'string' }, expected: { type: 'string' } },
      },
    },
  },
}

const securitySchemes = {
  readerCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'newsrack_reader',
    description: 'Made at the first contact',
  },
  readerToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'A reader token, from the header Newsrack-Reader',
  },
  siteKey: { type: 'http', scheme: 'bearer', description: 'A site key, for a publisher’s server' },
  stripeSignature: { type: 'apiKey', in: 'header', name: 'Stripe-Signature' },
  consoleCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-newsrack_console',
    description:
      'Who is signed in to the console; newsrack_console where the service is not reached by https',
  },
  consoleKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'A key that was made in the console for a script',
  },
  metricsToken: { type: 'http', scheme: 'bearer', description: 'METRICS_TOKEN, for the service’s operator' },
}

const securityOf: Record<CallerKind, readonly object[]> = {
  anyone: [{}],
  reader: [{}, { readerCookie: [] }, { readerToken: [] }],
  server: [{ siteKey: [] }],
  stripe: [{ stripeSignature: [] }],
  operator: [{}, { metricsToken: [] }],
  person: [{ consoleCookie: [] }],
  script: [{ consoleKey: [] }],
}

function operation(route: Route): object {
  return {
    summary: route.summary,
    ...(route.description && { description: route.description }),
    security: route.callers.flatMap((caller) => securityOf[caller]),
    ...parameters(route),
    ...(route.body && { requestBody: { required: true, content: json(route.body, 'input') } }),
    responses: { ...answers(route), ...problems(route.problems) },
  }
}

function parameters({ path, query }: Route): object {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: jsonSchema(schema, 'input'),
  }))
  const all = [...inPath, ...inQuery]
  return all.length === 0 ? {} : { parameters: all }
}

function answers({ answers }: Route): Record<string, object> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, body }]) => [
      status,
      { description, ...(body && { content: json(body, 'output') }) },
    ]),
  )
}

/** Problems that share a status are told in one response. */
function problems(codes: readonly ProblemCode[]): Record<string, object> {
  const byStatus = Map.groupBy(codes, (code) => problemTypes[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, sharing]) => [
      status,
      {
        description: sharing.map((code) => `\`${code}\`: ${problemTypes[code].title}`).join('. '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

function json(schema: z.ZodType, io: 'input' | 'output'): object {
  return { 'application/json': { schema: jsonSchema(schema, io) } }
}

function jsonSchema(schema: unknown, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(z.custom<z.ZodType>().parse(schema), {
    io,
    unrepresentable: 'any',
  })
  return rest
}
