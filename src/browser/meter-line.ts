import type { Answer } from './page-api.d.ts'

/** Writes how many free articles are left into the page's own place for it, if it has one. */
export function writeMeterLine({ meter }: Answer): void {
  const line = document.querySelector<HTMLElement>('[data-newsrack-meter]')
  if (!line || line.textContent === (meter?.words?.left ?? '')) return
  line.textContent = meter?.words?.left ?? ''
  line.title = meter?.words?.more ?? ''
}
