import type { Schema, Values } from '../types.ts'
import { RadioField } from '../ui/field.tsx'
import { useSurroundings } from './context.ts'
import { groupsOf } from './groups.ts'
import { ObjectParts } from './object-field.tsx'
import { variantOfValue, variantsOf } from './variants.ts'

type Props = { kind: string; schema: Schema; value: Values; onChange: (value: Values) => void }

/** The form of one entry, made of its kind's schema. */
export function EntryForm({ kind, schema, value, onChange }: Props) {
  const variants = variantsOf(schema)
  const change = (next: unknown) => onChange(Object.fromEntries(Object.entries(Object(next))))
  if (variants.length === 0) return <Groups kind={kind} schema={schema} value={value} onChange={change} />
  const chosen = variantOfValue(variants, value)
  const choose = (name: string) => {
    const start = Object(variants.find((variant) => variant.name === name)?.start)
    change({ ...(value.id !== undefined && { id: value.id }), ...start })
  }
  return (
    <>
      <RadioField
        label="Kind"
        value={chosen?.name ?? ''}
        options={variants.map(({ name, label }) => ({ value: name, label }))}
        onChange={choose}
      />
      {chosen && <ObjectParts schema={chosen.schema} path="" value={value} onChange={change} />}
    </>
  )
}

/** What is seldom needed stays closed, unless it says something or something is wrong with it. */
function Groups({
  kind,
  schema,
  value,
  onChange,
}: Omit<Props, 'onChange'> & { onChange: (next: unknown) => void }) {
  const { errors } = useSurroundings()
  return groupsOf(kind, schema).map(({ title, fields }) => {
    const parts = <ObjectParts schema={schema} path="" value={value} onChange={onChange} only={fields} />
    if (title === null) return <div key="">{parts}</div>
    const isUsed = fields.some((field) => value[field] !== undefined && value[field] !== false)
    const isWrong = [...errors.keys()].some((path) => fields.includes(path.split('.')[0] ?? ''))
    return (
      <details key={title} className="fields" open={isUsed || isWrong || undefined}>
        <summary>{title}</summary>
        {parts}
      </details>
    )
  })
}
