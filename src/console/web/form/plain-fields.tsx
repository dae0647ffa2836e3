import { useId } from 'react'
import { SelectField, TextField } from '../ui/field.tsx'
import { labelOf } from '../words.ts'
import { type FieldProps, useSurroundings } from './context.ts'

/** Words. */
export function WordsField({ schema, name, path, value, required, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  const list = useId()
  const isZone = name === 'timeZone'
  return (
    <>
      <TextField
        label={labelOf(name)}
        help={helpOf(name, schema.description)}
        error={errors.get(path)}
        optional={!required}
        value={typeof value === 'string' ? value : ''}
        maxLength={schema.maxLength}
        placeholder={typeof schema.default === 'string' ? schema.default : undefined}
        type={schema.format === 'uri' ? 'url' : 'text'}
        list={isZone ? list : undefined}
        onChange={(text) => onChange(text === '' ? undefined : text)}
      />
      {isZone && (
        <datalist id={list}>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      )}
    </>
  )
}

function helpOf(name: string, description: string | undefined): string | undefined {
  return name === 'id'
    ? 'Small letters, digits and hyphens. It stands in addresses and reports.'
    : description
}

/** A whole number. */
export function NumberField({ schema, name, path, value, required, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  return (
    <TextField
      label={labelOf(name)}
      help={schema.description}
      error={errors.get(path)}
      optional={!required}
      type="number"
      inputMode="numeric"
      className="short"
      step={1}
      min={schema.minimum}
      max={schema.maximum}
      placeholder={schema.default === undefined ? undefined : String(schema.default)}
      value={typeof value === 'number' ? String(value) : ''}
      onChange={(text) => onChange(text === '' ? undefined : Number(text))}
    />
  )
}

/** Another entry of the draft. */
export function ReferenceField({ schema, name, path, value, required, onChange }: FieldProps) {
  const { errors, references } = useSurroundings()
  const known = references[name] ?? []
  const chosen = typeof value === 'string' ? value : ''
  // A reference to what is gone stays in sight, so that it can be put right.
  const options =
    chosen === '' || known.some((option) => option.value === chosen)
      ? known
      : [...known, { value: chosen, label: `${chosen} (not in this draft)` }]
  const isOnlySite = name === 'site' && known.length === 1 && (chosen === '' || known[0]?.value === chosen)
  if (isOnlySite && !errors.has(path)) return null
  const none = typeof schema.default === 'string' ? schema.default : 'Choose …'
  return (
    <SelectField
      label={labelOf(name)}
      help={schema.description}
      error={errors.get(path)}
      optional={!required}
      value={chosen}
      options={[{ value: '', label: none }, ...options]}
      onChange={(key) => onChange(key === '' ? undefined : key)}
    />
  )
}
