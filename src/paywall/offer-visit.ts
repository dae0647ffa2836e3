import type { ClientCountry } from '../http/client-country.ts'
import type { RoutedRequest } from '../http/route.ts'
import { deviceOf } from '../offers/device.ts'
import type { Caller } from '../readers/caller.ts'
import type { AccessRequest } from './access-request.ts'
import type { OfferVisit } from './propose-offer.ts'

/** What offers may ask of a visit: from the browser's own request, or from the publisher's server that speaks for it. */
export function offerVisitOf(
  {
    caller,
    body,
    request,
  }: {
    caller: Caller
    body: Pick<AccessRequest, 'referrer' | 'client'>
    request: RoutedRequest
  },
  { countryOf }: { countryOf: ClientCountry },
): OfferVisit {
  const referrer = body.referrer ?? null
  if (caller.kind === 'server') {
    const { userAgent = null, country = null } = body.client ?? {}
    return { referrer, country, device: deviceOf({ userAgent, mobileHint: null }) }
  }
  return browsersVisit(request, { referrer, countryOf })
}

/** The request is a reader's browser's own. */
export function browsersVisit(
  request: RoutedRequest,
  { referrer, countryOf }: { referrer: string | null; countryOf: ClientCountry },
): OfferVisit {
  const userAgent = request.headers['user-agent'] ?? null
  const hint = request.headers['sec-ch-ua-mobile']
  return {
    referrer,
    country: countryOf(request),
    device: deviceOf({ userAgent, mobileHint: typeof hint === 'string' ? hint : null }),
  }
}
