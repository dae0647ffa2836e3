import type { Schema, Values } from '../types.ts'
import { RadioField } from '../ui/field.tsx'
import { ObjectParts } from './object-field.tsx'
import { variantOfValue, variantsOf } from './variants.ts'

/** The form of one entry, made of its kind's schema. */
export function EntryForm({
  schema,
  value,
  onChange,
}: {
  schema: Schema
  value: Values
  onChange: (value: Values) => void
}) {
  const variants = variantsOf(schema)
  const change = (next: unknown) => onChange(Object.fromEntries(Object.entries(Object(next))))
  if (variants.length === 0) return <ObjectParts schema={schema} path="" value={value} onChange={change} />
  const chosen = variantOfValue(variants, value)
  return (
    <>
      <RadioField
        label="Kind"
        value={chosen?.name ?? ''}
        options={variants.map(({ name, label }) => ({ value: name, label }))}
        onChange={(name) =>
          change({
            ...(value.id !== undefined && { id: value.id }),
            ...Object(variants.find((variant) => variant.name === name)?.start),
          })
        }
      />
      {chosen && <ObjectParts schema={chosen.schema} path="" value={value} onChange={change} />}
    </>
  )
}
