import type { Schema } from '../types.ts'
import { labelOf } from '../words.ts'

/** One of several things that a field may be. */
export type Variant = {
  name: string
  label: string
  schema: Schema
  /** What it says as soon as it is chosen. */
  start: unknown
}

/** Of a union, each thing it may be; unions within it are taken apart. */
export function variantsOf(schema: Schema): Variant[] {
  const options = schema.oneOf ?? schema.anyOf
  if (options === undefined) return []
  return options.flatMap((option) => {
    const inner = variantsOf(option)
    if (inner.length > 0) return inner
    if (option.enum) return option.enum.map((value) => constant(value))
    return option.const === undefined ? [variantOf(option)] : [constant(option.const)]
  })
}

function constant(value: string): Variant {
  return { name: value, label: labelOf(value), schema: { const: value }, start: value }
}

function variantOf(schema: Schema): Variant {
  const { properties = {}, description } = schema
  const kind = properties.kind?.const
  const name = kind ?? Object.keys(properties).join(' ')
  const label =
    kind === undefined
      ? labelOf(name || 'other')
      : (properties.kind?.description ?? description ?? labelOf(kind))
  return { name, label, schema, start: startOf(schema) }
}

/** The variant that a value is of. */
export function variantOfValue(variants: readonly Variant[], value: unknown): Variant | undefined {
  return variants.find(({ schema, name }) => {
    if (schema.const !== undefined) return value === schema.const
    if (!isRecord(value)) return false
    const kind = schema.properties?.kind?.const
    return kind === undefined ? Object.keys(value).join(' ') === name : value.kind === kind
  })
}

/** What a new value has to begin with: what is fixed, and the parts that have to be there. */
export function startOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  const { properties, required = [] } = schema
  if (properties === undefined) return schema.type === 'integer' ? schema.minimum : undefined
  const parts = required.map((name) => [name, startOf(properties[name] ?? {})] as const)
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined))
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
