import type { IncomingMessage } from 'node:http'
import { Problem } from '../http/problem.ts'
import { siteOf } from '../paywall/access-request.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import { type IdentifyCaller, mayCallFrom, type ReaderCaller, readerAt } from './caller.ts'
import type { SignedIn } from './identity.ts'

/** A reader who asks for themselves; `reader` is the key of `readerKey()`, `account` null where nobody is signed in. */
export type AskingReader = {
  caller: ReaderCaller
  site: SiteRules
  readerId: string
  reader: string
  account: SignedIn | null
}

/**
 * Who asks, and about which site (`?site=`, unless it is named), or why they may not. `now` is in epoch milliseconds.
 */
export async function askingReader(options: {
  rules: Rules
  identify: IdentifyCaller
  request: IncomingMessage
  now: number
  site?: string
}): Promise<AskingReader | Problem> {
  const { rules, identify, request, now } = options
  const caller = await identify(request, now)
  if (caller instanceof Problem) return caller
  if (caller.kind !== 'reader') return new Problem('unauthorized', 'Only a reader may ask this.')
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const site = siteOf(rules, caller, options.site ?? searchParams.get('site') ?? undefined)
  if (site instanceof Problem) return site
  const refusal = mayCallFrom(caller, request.headers.origin, site.origins)
  if (refusal !== null) return refusal
  const { id, key, account } = readerAt(caller, site.site.id)
  return { caller, site, readerId: id, reader: key, account }
}
