import { CheckField, RadioField, SelectField } from '../ui/field.tsx'
import { labelOf } from '../words.ts'
import { type FieldProps, useSurroundings } from './context.ts'
import { ObjectParts } from './object-field.tsx'
import { variantOfValue, variantsOf } from './variants.ts'

const mostRadios = 4

/** One of a few words. */
export function EnumField({ schema, name, path, value, required, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  const standard = typeof schema.default === 'string' ? schema.default : ''
  const options = (schema.enum ?? []).map((word) => ({ value: word, label: labelOf(word) }))
  const all = required || standard !== '' ? options : [{ value: '', label: 'Not set' }, ...options]
  const Choose = all.length > mostRadios ? SelectField : RadioField
  return (
    <Choose
      label={labelOf(name)}
      help={schema.description}
      error={errors.get(path)}
      value={typeof value === 'string' ? value : standard}
      options={all}
      onChange={(word) => onChange(word === '' ? undefined : word)}
    />
  )
}

/** Yes or no. */
export function FlagField({ schema, name, path, value, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  return (
    <CheckField
      label={labelOf(name)}
      help={schema.description}
      error={errors.get(path)}
      checked={value === undefined ? schema.default === true : value === true}
      onChange={onChange}
    />
  )
}

/** One of several forms, each with fields of its own. */
export function ChoiceField({ schema, name, path, value, required, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  const variants = variantsOf(schema)
  const chosen = variantOfValue(variants, value)
  const options = variants.map((variant) => ({ value: variant.name, label: variant.label }))
  return (
    <div className="group-field">
      <RadioField
        label={labelOf(name)}
        help={schema.description}
        error={errors.get(path)}
        value={chosen?.name ?? ''}
        options={required ? options : [{ value: '', label: 'Not set' }, ...options]}
        onChange={(other) => onChange(variants.find((variant) => variant.name === other)?.start)}
      />
      {chosen?.schema.properties && (
        <div className="nested">
          <ObjectParts schema={chosen.schema} path={path} value={value} onChange={onChange} />
        </div>
      )}
    </div>
  )
}
