import { html } from '../http/html.ts'
import type { ShownOffer } from '../paywall/answer.ts'
import { accountCatalogueFor } from './account-catalogue.ts'
import { type AccountPlace, accountDocument, linkButton } from './account-document.ts'
import type { Account } from './account-page.ts'
import { offerForm, refusalNotice } from './offer-form.ts'

/** Which gift is it to be? It is bought on the terms that stand beneath it. */
export function givePage(options: {
  place: AccountPlace
  gifts: readonly ShownOffer[]
  done: Account['done']
}): string {
  const { place, gifts, done } = options
  const { gifts: words, trouble } = accountCatalogueFor(place.language)
  const refusal = done === 'refused' || done === 'away' ? done : null
  return accountDocument({
    place,
    title: words.give,
    main: html`<p class="lead">${gifts.length === 0 ? words.none : words.how}</p>
${refusalNotice(place, refusal)}
${gifts.map((offer) => offerForm({ place, offer, path: '/account/give' }))}
<p class="aside">${linkButton({ place, path: '/account', words: trouble.toAccount })}</p>`,
  })
}
