/** Run by hand after an upgrade of the stripe package: `node src/sandbox/stripe/schemas/generate.ts`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  NeverType,
  NullType,
  SchemaGenerator,
  StringType,
  type SubNodeParser,
  UnionType,
} from 'ts-json-schema-generator'

export const schemasFile = join(import.meta.dirname, 'stripe-params.generated.json')

/** The JSON Schemas of what every endpoint takes, as the minified text of `schemasFile`. */
export function generateSchemas(): string {
  const schema = schemaOf({ file: join(import.meta.dirname, 'endpoint-params.ts'), type: 'EndpointParams' })
  return `${renameInlineTypes(JSON.stringify(tightened(schema)))}\n`
}

/**
 * The JSON Schema of a type in `file` that is made of the library's, its enums without "or any string". What an answer
 * may name or hold is a name: answers are looked at as they are before anything is expanded.
 */
export function schemaOf({ file, type }: { file: string; type: string }): object {
  const config = {
    ...DEFAULT_CONFIG,
    path: file,
    tsconfig: join(import.meta.dirname, '../../../../tsconfig.json'),
    type,
    jsDoc: 'none' as const,
    skipTypeCheck: true,
  }
  const program = createProgram(config)
  const parser = createParser(program, config, (chain) =>
    chain.addNodeParser(strictStripeTypes).addNodeParser(unexpanded),
  )
  return new SchemaGenerator(program, parser, createFormatter(config), config).createSchema(type)
}

/**
 * Stripe's enums end in `OtherString`, "or any string": without it a schema accepts the listed values alone. A Decimal
 * crosses the wire as text.
 */
const strictStripeTypes: SubNodeParser = {
  supportsNode: (node) => node.pos >= 0 && ['OtherString', 'Decimal'].includes(node.getText()),
  createType: (node) => (node.getText() === 'OtherString' ? new NeverType() : new StringType()),
}

/** `string | Customer | DeletedCustomer | null` */
const unexpanded: SubNodeParser = {
  supportsNode: (node) => node.pos >= 0 && /^string( \| [A-Z][\w.]*)+( \| null)?$/.test(node.getText()),
  createType: (node) =>
    node.getText().endsWith('| null') ? new UnionType([new StringType(), new NullType()]) : new StringType(),
}

/**
 * Two refusals that TypeScript has no type for: of fractions, which Stripe takes only in percentages and in the
 * dimensions of a parcel, and of an empty text where the type does not say that it may be unset.
 */
function tightened(schema: unknown, key = ''): unknown {
  if (Array.isArray(schema)) return schema.map((item) => tightened(item, key))
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).map(([name, value]) => [name, tightened(value, name)])
  const copy = Object.fromEntries(entries)
  if (copy.type === 'number' && !/percent|^(height|length|weight|width)$/.test(key)) copy.type = 'integer'
  if (copy.type === 'string' && !('const' in copy) && !('enum' in copy)) copy.minLength = 1
  return copy
}

/** The generator names some types after their place on this machine; number them instead, as they appear. */
function renameInlineTypes(json: string): string {
  const names = new Map<string, string>()
  return json.replace(/(?:def-interface|def-alias|structure)[-\d]+/g, (found) => {
    const name = names.get(found) ?? `Inline${names.size + 1}`
    names.set(found, name)
    return name
  })
}

if (import.meta.main) writeFileSync(schemasFile, generateSchemas())
