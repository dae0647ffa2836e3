import type { IncomingMessage } from 'node:http'
import type { Visit } from '../exemptions/prepare-exemptions.ts'
import { previewHeader } from '../exemptions/preview-token.ts'
import type { ClientAddress } from '../http/client-address.ts'
import { Problem } from '../http/problem.ts'
import type { RoutedRequest } from '../http/route.ts'
import type { Caller } from '../readers/caller.ts'
import { mayCallFrom } from '../readers/caller.ts'
import {
  type AccessRequest,
  instantOf,
  isRegistered,
  readerOf,
  refuseServersWords,
  siteOf,
} from './access-request.ts'
import type { Rules, SiteRules } from './rules.ts'

/** Who asks what of which site, before the store and the DNS have been asked. */
export type Asked = {
  reader: string
  registered: boolean
  site: SiteRules
  now: number
  /** One of the site's. */
  language: string
  body: AccessRequest
}

/** Puts caller and body together. `now` is in epoch milliseconds, whole seconds. */
export function askedOf(options: {
  rules: Rules
  caller: Caller
  body: AccessRequest
  request: IncomingMessage
  now: number
}): Asked | Problem {
  const { rules, caller, body, request } = options
  const site = siteOf(rules, caller, body.site)
  if (site instanceof Problem) return site
  const refusal =
    mayCallFrom(caller, request.headers.origin, site.origins) ?? refuseServersWords(caller, body)
  if (refusal !== null) return refusal
  const reader = readerOf({ caller, site, named: body.reader })
  if (reader instanceof Problem) return reader
  const now = instantOf({ caller, at: body.at, now: options.now })
  if (now instanceof Problem) return now
  const language = site.languageFor(body.language)
  const registered = isRegistered({ caller, named: body.reader })
  return { reader, registered, site: site.assigned(reader), now, language, body }
}

/** What is known of the visit itself: from the connection, or from the publisher's server that speaks for the reader. */
export function visitOf(
  { caller, body, request }: { caller: Caller; body: AccessRequest; request: RoutedRequest },
  { addressOf, isPreview }: { addressOf: ClientAddress; isPreview: (token: string) => boolean },
): Visit {
  const claims = { referrer: body.referrer ?? null, campaign: body.campaign ?? null }
  if (caller.kind === 'server') {
    const { address = null, userAgent = null } = body.client ?? {}
    return { ...claims, address, userAgent, staff: body.reader?.staff ?? false }
  }
  return {
    ...claims,
    address: addressOf(request),
    userAgent: request.headers['user-agent'] ?? null,
    staff: hasPreview(request, isPreview),
  }
}

function hasPreview({ headers }: IncomingMessage, isPreview: (token: string) => boolean): boolean {
  const token = headers[previewHeader]
  return typeof token === 'string' && isPreview(token)
}
