import type { IncomingMessage } from 'node:http'
import { Problem } from '../http/problem.ts'
import { siteOf } from '../paywall/access-request.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import { type Caller, type IdentifyCaller, mayCallFrom } from './caller.ts'
import { readerKey } from './reader-key.ts'

/** A reader who asks for themselves; `reader` is the key of `readerKey()`. */
export type AskingReader = { caller: Caller & { kind: 'reader' }; site: SiteRules; reader: string }

/**
 * Who asks, and about which site (`?site=`, unless it is named), or why they may not. `now` is in epoch milliseconds.
 */
export function askingReader(options: {
  rules: Rules
  identify: IdentifyCaller
  request: IncomingMessage
  now: number
  site?: string
}): AskingReader | Problem {
  const { rules, identify, request, now } = options
  const caller = identify(request, now)
  if (caller instanceof Problem) return caller
  if (caller.kind !== 'reader') return new Problem('unauthorized', 'Only a reader may ask this.')
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const site = siteOf(rules, caller, options.site ?? searchParams.get('site') ?? undefined)
  if (site instanceof Problem) return site
  const refusal = mayCallFrom(caller, request.headers.origin, site.origins)
  return refusal ?? { caller, site, reader: readerKey(site.site.id, caller.readerId) }
}
