import { type Html, html } from '../http/html.ts'
import type { ShownOffer } from '../paywall/answer.ts'
import { accountCatalogueFor } from './account-catalogue.ts'
import { type AccountPlace, accountAddress } from './account-document.ts'

/** What became of the last try to take an offer, where nothing came of it. */
export type Refusal = 'refused' | 'away' | null

/** An offer on a page of the account, with its terms and a box that the reader ticks. */
export function offerForm(options: { place: AccountPlace; offer: ShownOffer; path: string }): Html {
  const { place, offer, path } = options
  const { offers: words } = accountCatalogueFor(place.language)
  const { id, headline, price, terms, termsHash, button } = offer
  return html`<section class="main" aria-labelledby="offer-${id}">
<h2 id="offer-${id}">${headline}</h2>
<p class="plan">${price}</p>
<form method="post" action="${accountAddress(path, place)}">
<input type="hidden" name="offer" value="${id}">
<input type="hidden" name="termsHash" value="${termsHash}">
<p class="terms" id="terms-${id}">${terms}</p>
<p><label><input type="checkbox" name="consent" value="yes" required aria-describedby="terms-${id}"> ${words.agree}</label></p>
<div class="actions"><button>${button}</button></div>
</form>
</section>`
}

export function refusalNotice(place: AccountPlace, refusal: Refusal): Html | null {
  if (refusal === null) return null
  const { offers, trouble } = accountCatalogueFor(place.language)
  const text = refusal === 'away' ? trouble.payments : offers.refused
  return html`<p class="notice" role="alert">${text}</p>`
}
