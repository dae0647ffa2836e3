import type { Report } from './report.ts'

const columns = [
  'readers',
  'stopped',
  'stopRate',
  'views',
  'stops',
  'offersShown',
  'checkouts',
  'bought',
  'cancelled',
  'conversion',
] as const

/** The table as a file that spreadsheets open. */
export function csvOf({ by, rows }: Pick<Report, 'by' | 'rows'>): string {
  const currencies = [
    ...new Set(rows.flatMap(({ revenue }) => revenue.map(({ currency }) => currency))),
  ].toSorted()
  const head = [by, ...columns, ...currencies.map((currency) => `revenue (minor units of ${currency})`)]
  const lines = rows.map((row) => [
    row.value,
    ...columns.map((column) => row[column] ?? ''),
    ...currencies.map((currency) => row.revenue.find((one) => one.currency === currency)?.amount ?? 0),
  ])
  return `${[head, ...lines].map((line) => line.map(cellOf).join(',')).join('\r\n')}\r\n`
}

/** A spreadsheet takes what begins like a formula for one, and a section's name comes from anywhere. */
function cellOf(value: string | number): string {
  const text = String(value)
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
