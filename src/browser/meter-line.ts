import type { Answer } from './service.ts'
import { meterWords, resetDay } from './words.ts'

/** Writes how many free articles are left into the page's own place for it, if it has one. */
export function writeMeterLine(answer: Answer): void {
  const line = document.querySelector<HTMLElement>('[data-newsrack-meter]')
  if (!line) return
  line.textContent = meterWords(answer)
  if (answer.meter && line.textContent) {
    line.title = `More free articles on ${resetDay(answer.meter, document.documentElement.lang)}`
  }
}
