import { useEffect, useState } from 'react'
import { Field, SelectField } from '../ui/field.tsx'
import { labelOf } from '../words.ts'
import { type FieldProps, useSurroundings } from './context.ts'
import { isRecord } from './variants.ts'

/** An amount with its currency. */
export function MoneyField({ schema, name, path, value, onChange }: FieldProps) {
  const { errors } = useSurroundings()
  const money = isRecord(value) ? value : {}
  const currency = typeof money.currency === 'string' ? money.currency : ''
  const currencies = schema.properties?.currency?.enum ?? []
  return (
    <fieldset className="field money">
      <legend>{labelOf(name)}</legend>
      <div className="row">
        <Amount
          label="Amount"
          currency={currency || 'USD'}
          value={money.amount}
          error={errors.get(`${path}.amount`) ?? errors.get(path)}
          onChange={(amount) => onChange({ ...money, amount })}
        />
        <SelectField
          label="Currency"
          value={currency}
          error={errors.get(`${path}.currency`)}
          options={[
            { value: '', label: 'Choose …' },
            ...currencies.map((code) => ({ value: code, label: code })),
          ]}
          onChange={(code) => onChange({ ...money, currency: code === '' ? undefined : code })}
        />
      </div>
      {schema.description && <p className="help">{schema.description}</p>}
    </fieldset>
  )
}

/** An amount in the currency of the plan. */
export function AmountField({ schema, name, path, value, onChange }: FieldProps) {
  const { currency, errors } = useSurroundings()
  // The API counts in minor units, a person does not.
  const help = schema.description?.replace(
    /^Minor units of the plan’s currency, /,
    'In the plan’s currency, ',
  )
  return (
    <Amount
      label={labelOf(name)}
      help={help}
      currency={currency}
      value={value}
      error={errors.get(path)}
      onChange={onChange}
    />
  )
}

function Amount(props: {
  label: string
  help?: string | undefined
  currency: string
  value: unknown
  error: string | undefined
  onChange: (minor: number | undefined) => void
}) {
  const { label, help, currency, value, error, onChange } = props
  const digits = digitsOf(currency)
  const written = typeof value === 'number' ? (value / 10 ** digits).toFixed(digits) : ''
  const [text, setText] = useState(written)
  // What is typed stands as it is typed, as long as it means the value.
  useEffect(
    () => setText((typed) => (minorOf(typed, digits) === value ? typed : written)),
    [value, digits, written],
  )
  return (
    <Field label={label} help={help} error={error}>
      {(tied) => (
        <span className="amount">
          <span aria-hidden="true">{symbolOf(currency)}</span>
          <input
            {...tied}
            inputMode="decimal"
            value={text}
            onChange={({ target }) => {
              setText(target.value)
              onChange(minorOf(target.value, digits))
            }}
            onBlur={() => setText(written)}
          />
        </span>
      )}
    </Field>
  )
}

/** `17,99` and `17.99` are 1799; undefined for what is no amount. */
function minorOf(text: string, digits: number): number | undefined {
  const plain = text.trim().replace(',', '.')
  const match = /^(\d+)(?:\.(\d*))?$/.exec(plain)
  if (match === null || (match[2] ?? '').length > digits) return undefined
  return Number(`${match[1]}${(match[2] ?? '').padEnd(digits, '0')}`)
}

export function digitsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  )
}

function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency }).formatToParts(0)
  return parts.find(({ type }) => type === 'currency')?.value ?? currency
}
