import type { Schema } from '../types.ts'
import { CheckField } from '../ui/field.tsx'
import { labelOf } from '../words.ts'
import { type FieldProps, useSurroundings } from './context.ts'
import { SchemaField } from './schema-field.tsx'
import { isRecord, startOf } from './variants.ts'

/** Several fields that belong together; where they may be left out, a box says whether they are there. */
export function ObjectField({ schema, name, path, value, required, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  const isThere = required || value !== undefined
  return (
    <fieldset className="field object">
      <legend>{labelOf(name)}</legend>
      {required ? (
        schema.description && <p className="help">{schema.description}</p>
      ) : (
        <CheckField
          label={`Set ${labelOf(name).toLowerCase()}`}
          help={schema.description}
          error={errors.get(path)}
          checked={isThere}
          onChange={(checked) => onChange(checked ? startOf(schema) : undefined)}
        />
      )}
      {isThere && (
        <div className="nested">
          <ObjectParts schema={schema} path={path} value={value} onChange={onChange} />
        </div>
      )}
    </fieldset>
  )
}

/** The fields of an object, in the order of its schema. */
export function ObjectParts({
  schema: { properties = {}, required = [] },
  path,
  value,
  onChange,
  only,
}: {
  schema: Schema
  path: string
  value: unknown
  onChange: (value: unknown) => void
  /** Some of the fields, if not all. */
  only?: readonly string[]
}) {
  const parts = isRecord(value) ? value : {}
  const shown = Object.entries(properties).filter(([name]) => only?.includes(name) ?? true)
  return shown.map(([name, schema]) => (
    <SchemaField
      key={name}
      schema={schema}
      name={name}
      path={path === '' ? name : `${path}.${name}`}
      value={parts[name]}
      required={required.includes(name)}
      onChange={(part) => onChange(withPart(parts, name, part))}
    />
  ))
}

function withPart(parts: Record<string, unknown>, name: string, part: unknown): Record<string, unknown> {
  if (part !== undefined) return { ...parts, [name]: part }
  const { [name]: _left, ...others } = parts
  return others
}
