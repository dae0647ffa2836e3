import { createContext, useContext } from 'react'
import type { Schema } from '../types.ts'
import type { Option } from '../ui/field.tsx'

/** What fields know of the draft around them. */
export type FormSurroundings = {
  /** Of the site that the entry belongs to. */
  timeZone: string
  /** In which amounts are written. */
  currency: string
  /** What a field that names another entry can name: `plan`, `meter`, `site`. */
  references: Readonly<Record<string, readonly Option[]>>
  /** What is wrong, by the field's dotted path. */
  errors: ReadonlyMap<string, string>
}

export const FormContext = createContext<FormSurroundings>({
  timeZone: 'UTC',
  currency: 'USD',
  references: {},
  errors: new Map(),
})

export function useSurroundings(): FormSurroundings {
  return useContext(FormContext)
}

/** What each field is given. `value` undefined: it is left out. */
export type FieldProps = {
  schema: Schema
  name: string
  /** Dotted, as the API names it. */
  path: string
  value: unknown
  required: boolean
  onChange: (value: unknown) => void
}
