import type { Hub } from './hub.ts'
import type { Failure } from './service.ts'

/** A refusal (4xx) is the page's mistake and for its developer to see; anything else passes. */
export function report(failure: Failure, hub: Hub): void {
  if (failure.kind === 'problem' && failure.status < 500) {
    console.error(`Newsrack: ${failure.detail} The page stays as it is.`)
  } else {
    console.info(`Newsrack: no answer (${failure.detail}), so the page stays as it is.`)
  }
  const code = failure.kind === 'problem' ? failure.code : null
  hub.tell('error', { kind: failure.kind, code, detail: failure.detail })
}
