import { csvOf } from './csv.ts'
import type { Report } from './report.ts'

/** Hands the table over as a file. */
export function downloadCsv(report: Report): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', csvOf(report)], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `newsrack-${report.site}-${report.from}-${report.to}-by-${report.by}.csv`
  link.click()
  URL.revokeObjectURL(url)
}
