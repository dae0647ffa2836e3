import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId } from 'react'

type About = { label: string; help?: ReactNode; error?: string | undefined }

/** What belongs to every field: its label before it, help and what is wrong after it, tied to it for screen readers. */
export function Field({
  label,
  help,
  error,
  optional = false,
  children,
}: About & {
  optional?: boolean
  children: (tied: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}) {
  const id = useId()
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {optional && <span className="optional">optional</span>}
      </label>
      {children({
        id,
        ...(described && { 'aria-describedby': described }),
        ...(error && { 'aria-invalid': true as const }),
      })}
      <Below id={id} help={help} error={error} />
    </div>
  )
}

/** Help, and what is wrong. */
export function Below({ id, help, error }: { id: string; help?: ReactNode; error?: string | undefined }) {
  return (
    <>
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {help && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </>
  )
}

type TextProps = About &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & {
    optional?: boolean
    /** What is proposed while one writes; anything else may be written, too. */
    suggestions?: readonly string[]
    onChange: (value: string) => void
  }

export function TextField({ label, help, error, optional, suggestions, onChange, ...input }: TextProps) {
  const list = useId()
  return (
    <Field label={label} help={help} error={error} optional={optional}>
      {(tied) => (
        <>
          <input
            {...tied}
            {...input}
            {...(suggestions && { list })}
            onChange={(event) => onChange(event.target.value)}
          />
          {suggestions && (
            <datalist id={list}>
              {suggestions.map((suggestion) => (
                <option key={suggestion} value={suggestion} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  )
}

type AreaProps = About &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> & {
    optional?: boolean
    onChange: (value: string) => void
  }

export function AreaField({ label, help, error, optional, onChange, ...area }: AreaProps) {
  return (
    <Field label={label} help={help} error={error} optional={optional}>
      {(tied) => <textarea rows={3} {...tied} {...area} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}

export type Option = { value: string; label: string }

export function SelectField({
  label,
  help,
  error,
  optional,
  value,
  options,
  onChange,
}: About & {
  optional?: boolean
  value: string
  options: readonly Option[]
  onChange: (value: string) => void
}) {
  return (
    <Field label={label} help={help} error={error} optional={optional}>
      {(tied) => (
        <select {...tied} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function RadioField({
  label,
  help,
  error,
  value,
  options,
  onChange,
}: About & { value: string; options: readonly Option[]; onChange: (value: string) => void }) {
  const id = useId()
  return (
    <fieldset className="field radios" aria-describedby={help ? `${id}-help` : undefined}>
      <legend>{label}</legend>
      <div className="choices">
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input
              type="radio"
              name={id}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      <Below id={id} help={help} error={error} />
    </fieldset>
  )
}

export function CheckField({
  label,
  help,
  error,
  checked,
  onChange,
}: About & { checked: boolean; onChange: (checked: boolean) => void }) {
  const id = useId()
  return (
    <div className="field check">
      <label className="choice">
        <input
          type="checkbox"
          checked={checked}
          aria-describedby={help ? `${id}-help` : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
      <Below id={id} help={help} error={error} />
    </div>
  )
}
