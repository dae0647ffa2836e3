import { z } from 'zod'
import type { Route } from '../http/route.ts'
import { kinds, schemaOf } from '../publishing/entries.ts'
import type { IdentifyActor } from './actor.ts'
import { consoleRoute, noBody, noQuery } from './console-route.ts'

const kindSchema = z
  .object({
    kind: z.string().describe('As in addresses: offers'),
    title: z.string().describe('What one entry is called'),
    schema: z
      .record(z.string(), z.unknown())
      .describe('JSON Schema 2020-12 of an entry, with words for each field'),
  })
  .describe('A kind of entries')

/** From the schemas that validate, so a form made of them asks for exactly what is accepted. */
export function kindRoutes({ identify }: { identify: IdentifyActor }): Route[] {
  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/kinds',
      summary: 'What a configuration is made of, with a schema for each kind of entry',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: { description: 'The kinds', body: z.object({ kinds: z.array(kindSchema) }) },
      handle: async () => ({ kinds: described }),
    }),
  ]
}

const described = kinds.map((kind) => {
  const schema = z.toJSONSchema(schemaOf(kind) ?? z.never(), { io: 'input', unrepresentable: 'any' })
  return { kind, title: schema.description ?? kind, schema }
})
