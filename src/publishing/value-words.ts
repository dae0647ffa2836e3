import { type Currency, currencies } from '../offers/minimum-charge.ts'
import { decimalOf } from '../offers/money.ts'
import { isoWithOffset } from '../time.ts'

/** What the words of an entry depend on: its site's time zone, and the currency that its bare amounts are in. */
export type Setting = { timeZone: string; currency: Currency | null }

/** A field's value as people say it; of a bare number the field's name tells whether it is money. */
export function written(value: unknown, name: string, { timeZone, currency }: Setting): string {
  if (isMoney(value)) return `${amountOf(value)} ${value.currency}`
  if (typeof value === 'number')
    return /amount|price/.test(name) && currency !== null
      ? `${amountOf({ amount: value, currency })} ${currency}`
      : String(value)
  if (isInstant(value)) return isoWithOffset(Date.parse(value), timeZone).slice(0, 16).replace('T', ' ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (isNames(value)) return value.join(', ')
  if (typeof value === 'string') return /^[\w-]+$/.test(value) ? value.replaceAll('_', ' ') : `“${value}”`
  return periodWords(value) ?? JSON.stringify(value)
}

/** "every 4 weeks", "the last 30 days"; null for what is no period. */
export function periodWords(value: unknown): string | null {
  if (!isObject(value)) return null
  const [only, ...others] = Object.entries(value)
  if (only === undefined || others.length > 0) return null
  const [unit, count] = only
  if (typeof count !== 'number') return null
  if (unit === 'rollingDays') return `the last ${count} days`
  if (!/^(days|weeks|months|years)$/.test(unit)) return null
  return count === 1 ? `every ${unit.slice(0, -1)}` : `every ${count} ${unit}`
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** "2 days 3 hours" */
export function lengthWords(ms: number): string {
  let left = ms
  const words = units.flatMap(([unit, length]) => {
    const count = Math.floor(left / length)
    left -= count * length
    return count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`]
  })
  return words.slice(0, 2).join(' ')
}

export function amountOf({ amount, currency }: { amount: number; currency: Currency }): string {
  return decimalOf({ amount, currency })
}

export function isMoney(value: unknown): value is { amount: number; currency: Currency } {
  return isObject(value) && typeof value.amount === 'number' && currencyOf(value.currency) !== null
}

export function currencyOf(value: unknown): Currency | null {
  return currencies.find((currency) => currency === value) ?? null
}

export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))
}

export function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
