import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { winsBack } from '../offers/audience.ts'
import { browsersVisit } from '../paywall/offer-visit.ts'
import type { PlannedOffer } from '../paywall/rules.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import type { AccountPlace } from './account-document.ts'
import { leadTo, sendAccountPage, type Visit } from './account-visit.routes.ts'
import { givePage } from './give-page.ts'
import { doneOf, heldNow, placeOf } from './look-at-account.ts'
import { offersBeside } from './offers-beside.ts'
import { PaymentsUnavailable } from './payments.ts'

/** Takes the offer that was shown to who had canceled, on the very terms that were shown. */
export async function stay({ parts, request, response, asking, now }: Visit): Promise<void> {
  const { reader } = asking
  const held = await heldNow(parts.store, { request, asking, access: await parts.store.access(reader), now })
  const visit = { parts, request, response, asking, now }
  const ordered = await order(visit, held.place, winsBack)
  leadTo(response, held.place, { done: typeof ordered === 'string' ? ordered : 'resumed' })
}

/** What can be bought to be given on. */
export async function showGifts({ parts, request, response, asking, now }: Visit): Promise<void> {
  const place = placeOf(request, asking)
  const offers = await offersBeside(parts, { asking, country: parts.countryOf(request), now })
  handOutToken(response, asking.caller, { secure: parts.secureCookies })
  const gifts = offers.filter(isGift).map((offer) => offer.shownAt(wholeSeconds(now), place.language))
  sendAccountPage(response, 200, givePage({ place, gifts, done: doneOf(request) }), {
    formsMayLeadTo: `'self' ${parts.serviceUrl.protocol}`,
  })
}

/** Leads to the payment service's page. */
export async function give(visit: Visit): Promise<void> {
  const { request, response, asking } = visit
  const place = placeOf(request, asking)
  const ordered = await order(visit, place, isGift)
  if (typeof ordered === 'string') return leadTo(response, place, { path: '/account/give', done: ordered })
  response.set('Cache-Control', 'no-store').redirect(303, ordered.url)
}

const formSchema = z.object({
  offer: z.string(),
  termsHash: z.string(),
  consent: z.literal('yes').transform(() => true),
})

/** What the form orders, if it is one of these offers; else what the page is to say of it. Trying twice does no harm. */
async function order(
  { parts, request, asking, now }: Visit,
  place: AccountPlace,
  isOne: (offer: PlannedOffer) => boolean,
): Promise<{ url: string } | 'refused' | 'away'> {
  const { reader, account, site } = asking
  const sent = formSchema.safeParse(request.body)
  const offer = site.offers.find(({ id }) => id === sent.data?.offer)
  if (!sent.success || offer === undefined || !isOne(offer)) return 'refused'
  const { device, country } = browsersVisit(request, { referrer: null, countryOf: parts.countryOf })
  try {
    const placed = await parts.placeOrder({
      purchase: { ...sent.data, returnTo: site.url.pathname, language: place.language },
      site,
      reader,
      registered: account !== null,
      visit: { section: null, device, country },
      address: parts.addressOf(request) ?? '',
      now: wholeSeconds(now),
    })
    return placed instanceof Problem ? 'refused' : placed
  } catch (error) {
    if (error instanceof PaymentsUnavailable) return 'away'
    throw error
  }
}

function isGift({ gift }: PlannedOffer): boolean {
  return gift !== undefined
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}
