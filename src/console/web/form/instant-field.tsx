import { fromLocal, toLocal, whenIn } from '../time.ts'
import { RadioField, TextField } from '../ui/field.tsx'
import { labelOf } from '../words.ts'
import { type FieldProps, useSurroundings } from './context.ts'

/** A time by the site's clock; or, of a demonstration, so many days after the first start. */
export function InstantField({ schema, name, path, value, required, onChange }: FieldProps) {
  const { timeZone, errors } = useSurroundings()
  const text = typeof value === 'string' ? value : ''
  const mayBeRelative = (schema.anyOf ?? []).length > 1
  const days = /^first start \+ (\d+) days?$/.exec(text)?.[1]
  const form = text === '' ? 'never' : days === undefined ? 'at' : 'after'
  if (!mayBeRelative)
    return (
      <At
        {...{ name, timeZone, text, onChange }}
        help={schema.description}
        error={errors.get(path)}
        optional={!required}
      />
    )
  return (
    <div className="group-field">
      <RadioField
        label={labelOf(name)}
        help={schema.description}
        error={errors.get(path)}
        value={form}
        options={[
          { value: 'never', label: 'Not set' },
          { value: 'at', label: 'At a time' },
          { value: 'after', label: 'Days after the first start' },
        ]}
        onChange={(chosen) => {
          if (chosen === 'never') onChange(undefined)
          if (chosen === 'at')
            onChange(
              fromLocal(
                `${toLocal(new Date(Date.now() + 7 * 86_400_000).toISOString(), timeZone).slice(0, 11)}00:00`,
                timeZone,
              ),
            )
          if (chosen === 'after') onChange('first start + 10 days')
        }}
      />
      {form === 'at' && <At {...{ name, timeZone, text, onChange }} optional={false} />}
      {form === 'after' && (
        <TextField
          label="Days"
          type="number"
          className="short"
          min={1}
          max={999}
          value={days ?? ''}
          onChange={(number) =>
            onChange(
              number === ''
                ? 'first start + 1 day'
                : `first start + ${number} ${number === '1' ? 'day' : 'days'}`,
            )
          }
        />
      )}
    </div>
  )
}

function At(props: {
  name: string
  timeZone: string
  text: string
  help?: string | undefined
  error?: string | undefined
  optional: boolean
  onChange: (value: string | undefined) => void
}) {
  const { name, timeZone, text, help, error, optional, onChange } = props
  return (
    <TextField
      label={`${labelOf(name)} at (${timeZone})`}
      type="datetime-local"
      value={text === '' ? '' : toLocal(text, timeZone)}
      help={help ?? (text === '' ? undefined : whenIn(text, timeZone))}
      error={error}
      optional={optional}
      onChange={(local) => onChange(local === '' ? undefined : fromLocal(local, timeZone))}
    />
  )
}
