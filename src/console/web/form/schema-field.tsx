import type { ReactNode } from 'react'
import type { Schema } from '../types.ts'
import { ChoiceField, EnumField, FlagField } from './choice-fields.tsx'
import { type FieldProps, useSurroundings } from './context.ts'
import { InstantField } from './instant-field.tsx'
import { ItemsField } from './items-field.tsx'
import { FlagsField, LinesField, RecordField } from './list-fields.tsx'
import { AmountField, MoneyField } from './money-field.tsx'
import { ObjectField } from './object-field.tsx'
import { NumberField, ReferenceField, WordsField } from './plain-fields.tsx'
import { variantsOf } from './variants.ts'

/** The field for whatever a schema describes. */
export function SchemaField(props: FieldProps) {
  const { references } = useSurroundings()
  const Field = fieldFor(props, references[props.name] !== undefined)
  return Field === null ? null : <Field {...props} />
}

function fieldFor(
  { schema, name }: FieldProps,
  isReference: boolean,
): ((props: FieldProps) => ReactNode) | null {
  if (schema.const !== undefined) return null
  if (isReference) return ReferenceField
  if (isInstant(schema)) return InstantField
  if (variantsOf(schema).length > 1) return ChoiceField
  if (schema.enum) return EnumField
  if (schema.type === 'boolean') return FlagField
  if (schema.type === 'integer' || schema.type === 'number')
    return name === 'amount' ? AmountField : NumberField
  if (schema.type === 'array')
    return schema.items?.enum ? FlagsField : schema.items?.properties ? ItemsField : LinesField
  if (schema.properties?.amount && schema.properties.currency) return MoneyField
  if (schema.properties) return ObjectField
  if (typeof schema.additionalProperties === 'object') return RecordField
  return WordsField
}

/** A time of the calendar; some may also be told by the first start. */
function isInstant({ format, anyOf = [] }: Schema): boolean {
  return format === 'date-time' || anyOf.some((one) => one.format === 'date-time')
}
