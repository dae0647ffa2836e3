import { useEffect, useId, useState } from 'react'
import { AreaField, Below, CheckField, TextField } from '../ui/field.tsx'
import { labelOf } from '../words.ts'
import { type FieldProps, useSurroundings } from './context.ts'
import { ObjectParts } from './object-field.tsx'
import { isRecord } from './variants.ts'

/** Any of a few words. */
export function FlagsField({ schema, name, path, value, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  const id = useId()
  const chosen = Array.isArray(value) ? value.map(String) : []
  const words = schema.items?.enum ?? []
  return (
    <fieldset className="field radios">
      <legend>{labelOf(name)}</legend>
      <div className="choices">
        {words.map((word) => (
          <CheckField
            key={word}
            label={labelOf(word)}
            checked={chosen.includes(word)}
            onChange={(checked) => {
              const now = words.filter((one) => (one === word ? checked : chosen.includes(one)))
              onChange(now.length === 0 ? undefined : now)
            }}
          />
        ))}
      </div>
      <Below id={id} help={schema.description} error={errorWithin(errors, path)} />
    </fieldset>
  )
}

/** Words, one a line. */
export function LinesField({ schema, name, path, value, required, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  const written = Array.isArray(value) ? value.join('\n') : ''
  const [text, setText] = useState(written)
  // An empty line is being filled; it is no word yet.
  useEffect(() => setText((typed) => (linesOf(typed).join('\n') === written ? typed : written)), [written])
  return (
    <AreaField
      label={labelOf(name)}
      help={[schema.description, 'One a line.'].filter(Boolean).join('. ')}
      error={errorWithin(errors, path)}
      optional={!required}
      value={text}
      onChange={(typed) => {
        setText(typed)
        const lines = linesOf(typed)
        onChange(lines.length === 0 ? undefined : lines)
      }}
    />
  )
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function errorWithin(errors: ReadonlyMap<string, string>, path: string): string | undefined {
  return errors.get(path) ?? [...errors].find(([at]) => at.startsWith(`${path}.`))?.[1]
}

/** Something for each of several names, such as a translation for each language. */
export function RecordField({ schema, name, path, value, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  const [key, setKey] = useState('')
  const parts = isRecord(value) ? value : {}
  const of = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}
  const change = (next: Record<string, unknown>) =>
    onChange(Object.keys(next).length === 0 ? undefined : next)
  return (
    <fieldset className="field object">
      <legend>{labelOf(name)}</legend>
      <Below id={path} help={schema.description} error={errors.get(path)} />
      {Object.entries(parts).map(([each, part]) => (
        <fieldset className="nested" key={each}>
          <legend>{each}</legend>
          <ObjectParts
            schema={of}
            path={`${path}.${each}`}
            value={part}
            onChange={(next) => change({ ...parts, [each]: next })}
          />
          <button
            type="button"
            className="quiet"
            onClick={() =>
              change(Object.fromEntries(Object.entries(parts).filter(([other]) => other !== each)))
            }
          >
            Remove {each}
          </button>
        </fieldset>
      ))}
      <div className="row">
        <TextField
          label={name === 'translations' ? 'Language' : 'Name'}
          placeholder={name === 'translations' ? 'de' : undefined}
          value={key}
          onChange={setKey}
        />
        <button
          type="button"
          disabled={key.trim() === '' || parts[key.trim()] !== undefined}
          onClick={() => {
            change({ ...parts, [key.trim()]: {} })
            setKey('')
          }}
        >
          Add
        </button>
      </div>
    </fieldset>
  )
}
