import { useId } from 'react'
import { Below } from '../ui/field.tsx'
import { labelOf } from '../words.ts'
import { type FieldProps, useSurroundings } from './context.ts'
import { ObjectParts } from './object-field.tsx'
import { isRecord, startOf } from './variants.ts'

/** Several of something that has fields of its own, such as the variants of an experiment. */
export function ItemsField({ schema, name, path, value, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  const id = useId()
  const items: unknown[] = Array.isArray(value) ? value : []
  const of = schema.items ?? {}
  const one = labelOf(name).replace(/s$/, '')
  return (
    <fieldset className="field object">
      <legend>{labelOf(name)}</legend>
      <Below id={id} help={schema.description} error={errors.get(path)} />
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item has no name that would not change as it is typed
        <fieldset className="nested" key={index}>
          <legend>
            {isRecord(item) && typeof item.id === 'string' && item.id !== ''
              ? item.id
              : `${one} ${index + 1}`}
          </legend>
          <ObjectParts
            schema={of}
            path={`${path}.${index}`}
            value={item}
            onChange={(next) => onChange(items.with(index, next))}
          />
          <button type="button" className="quiet" onClick={() => onChange(items.toSpliced(index, 1))}>
            Remove
          </button>
        </fieldset>
      ))}
      <button type="button" onClick={() => onChange([...items, startOf(of) ?? {}])}>
        Add a {one.toLowerCase()}
      </button>
    </fieldset>
  )
}
