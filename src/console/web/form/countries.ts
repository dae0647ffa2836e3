import type { Option } from '../ui/field.tsx'

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** What is no country, but has two letters, too. */
const unions = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])

/** By their English names. */
export const countries: readonly Option[] = letters
  .flatMap((first) => letters.map((second) => first + second))
  // Of a country that was renamed the language tag knows the present letters.
  .filter((code) => !unions.has(code) && new Intl.Locale(`und-${code}`).region === code)
  .flatMap((value) => {
    const label = names.of(value)
    return label === undefined ? [] : [{ value, label }]
  })
  .toSorted((one, other) => one.label.localeCompare(other.label))
