import type { Answer, Offer, Service } from './service.ts'
import type { NewsrackWall } from './wall.ts'
import { refusalWords } from './words.ts'

const stillHereMs = 10_000
/** Refusals after which something else is on offer. */
const asksAgain = ['terms_changed', 'offer_ended', 'offer_unavailable']

export interface Purchase {
  offer: Offer
  wall: NewsrackWall
  service: Service
  site: string | undefined
  /** Asks the service what it offers now; null if it gave no answer or the article is open. */
  askAgain: () => Promise<Answer | null>
}

/** Leads the reader who agreed to an offer's terms to the checkout; what prevents it is said on the wall. */
export async function buy({ offer, wall, service, site, askAgain }: Purchase): Promise<void> {
  const outcome = await service.checkout({
    site,
    offer: offer.id,
    termsHash: offer.termsHash,
    consent: true,
    returnTo: location.pathname + location.search,
  })
  if (outcome.kind === 'answer') {
    location.assign(outcome.value.url)
    // The reader may have stopped the page from leaving.
    setTimeout(() => wall.ready(), stillHereMs)
    return
  }
  if (outcome.kind === 'unreachable') return wall.ready(refusalWords())
  if (outcome.code === 'already_subscribed') return location.reload()
  const words = refusalWords(outcome.code)
  if (outcome.code === 'terms_changed' && outcome.offer) return wall.showOffer(outcome.offer, words)
  const refused = asksAgain.includes(outcome.code) ? await askAgain() : null
  if (refused) wall.show(refused, words)
  else wall.ready(words)
}
