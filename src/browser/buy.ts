import type { Hub } from './hub.ts'
import type { Offer } from './page-api.d.ts'
import { markPurchase } from './purchase-mark.ts'
import type { Reading, Service } from './service.ts'
import type { NewsrackWall } from './wall.ts'

const stillHereMs = 10_000
/** Refusals after which something else is on offer. */
const asksAgain = ['offer_ended', 'offer_unavailable', 'terms_changed']

export interface Purchase {
  offer: Offer
  wall: NewsrackWall
  service: Service
  hub: Hub
  reading: Reading
  /** Asks the service what it offers now, and shows it. */
  askAgain: () => Promise<void>
}

/** Leads the reader who agreed to an offer's terms to the checkout; what prevents it is said on the wall. */
export async function buy({ offer, wall, service, hub, reading, askAgain }: Purchase): Promise<void> {
  const outcome = await service.checkout({
    site: reading.site,
    section: reading.article.section,
    offer: offer.id,
    termsHash: offer.termsHash,
    consent: true,
    returnTo: location.pathname + location.search,
    language: reading.language,
  })
  if (outcome.kind === 'answer') {
    markPurchase()
    const { url } = outcome.value
    hub.tell('checkout', { article: reading.article, offer, url })
    location.assign(url)
    // The reader may have stopped the page from leaving.
    setTimeout(() => wall.ready(), stillHereMs)
    return
  }
  const code = outcome.kind === 'problem' ? outcome.code : 'other'
  if (code === 'already_subscribed') return location.reload()
  wall.ready()
  if (code === 'terms_changed' && outcome.kind === 'problem' && outcome.offer) wall.showOffer(outcome.offer)
  else if (asksAgain.includes(code)) await askAgain()
  wall.refuse(code)
}
