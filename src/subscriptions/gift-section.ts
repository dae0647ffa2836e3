import { type Html, html } from '../http/html.ts'
import { writtenDate } from '../offers/words.ts'
import { type AccountCatalogue, accountCatalogueFor } from './account-catalogue.ts'
import { type AccountPlace, linkButton } from './account-document.ts'
import type { GiftLink } from './gift-code.ts'
import type { BoughtGift } from './gifts-bought.ts'
import { purchaseWords } from './purchase-words.ts'

/** The gifts that a reader has bought, with the links to give on, and the way to another; null where there is neither. */
export function giftSection(options: {
  place: AccountPlace
  gifts: readonly BoughtGift[]
  giftLink: GiftLink
  sellsGifts: boolean
}): Html | null {
  const { place, gifts, giftLink, sellsGifts } = options
  if (gifts.length === 0 && !sellsGifts) return null
  const { gifts: words } = accountCatalogueFor(place.language)
  const list = html`<ul class="gifts">${gifts.map((gift) => giftItem(gift, { place, giftLink, words }))}</ul>`
  return html`<section aria-labelledby="gifts">
<h2 id="gifts">${words.heading}</h2>
${gifts.length === 0 ? html`<p>${words.how}</p>` : list}
${sellsGifts ? html`<div class="actions">${linkButton({ place, path: '/account/give', words: words.give })}</div>` : null}
</section>`
}

/** A link that leads nowhere, or not yet, is not shown. One whose payment is in dispute is: the bank may let it stand. */
function giftItem(
  gift: BoughtGift,
  options: { place: AccountPlace; giftLink: GiftLink; words: AccountCatalogue['gifts'] },
): Html {
  const { place, giftLink, words } = options
  const { attempt, state } = gift
  const day = (instant: number) =>
    writtenDate(instant, { language: place.language, timeZone: place.site.site.timeZone })
  const how = state === 'accepted' ? words.accepted(day(gift.atMs)) : words[state]
  const months = purchaseWords(place.language).months(attempt.gift?.months ?? 0)
  const { href } = giftLink(attempt.id)
  const link = html`<a class="link" dir="ltr" href="${href}">${href}</a>`
  return html`<li><strong><bdi>${attempt.planName}</bdi> · <bdi>${months}</bdi></strong>
<small>${words.bought(day(attempt.consent.atMs))} ${how}</small>
${state === 'open' || state === 'disputed' ? link : null}</li>`
}
