import type { Failure } from './service.ts'

/** A refusal (4xx) is the page's mistake and for its developer to see; anything else passes. */
export function report(failure: Failure): void {
  if (failure.kind === 'problem' && failure.status < 500) {
    console.error(`Newsrack: ${failure.detail} The article stays open.`)
  } else {
    console.info(`Newsrack: no answer (${failure.detail}), so the article stays open.`)
  }
}
