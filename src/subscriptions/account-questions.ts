import { html } from '../http/html.ts'
import { writtenDate } from '../offers/words.ts'
import { accountCatalogueFor } from './account-catalogue.ts'
import { type AccountPlace, accountDocument, linkButton, postButton } from './account-document.ts'
import { endWords, type Held } from './account-words.ts'

/** The one question before cancelling. */
export function confirmCancelPage(place: AccountPlace, held: Held): string {
  const words = accountCatalogueFor(place.language).confirmCancel
  return question(place, {
    ...words,
    text: [endWords(held), words.undoable],
    path: '/account/cancel',
  })
}

/** The one question before withdrawing from the contract; `untilMs` is the instant from which one no longer may. */
export function confirmWithdrawPage(place: AccountPlace, untilMs: number): string {
  const words = accountCatalogueFor(place.language).confirmWithdraw
  const { language, site } = place
  const lastDay = writtenDate(untilMs - 1, { language, timeZone: site.site.timeZone })
  return question(place, { ...words, text: [words.effect, words.until(lastDay)], path: '/account/withdraw' })
}

/** The one question before everything is deleted. */
export function confirmDeletePage(place: AccountPlace, { subscribed }: { subscribed: boolean }): string {
  const words = accountCatalogueFor(place.language).deletion
  const text = subscribed ? `${words.text} ${words.subscriptionEnds}` : words.text
  return question(place, { ...words, text: [text, words.consentStays], path: '/account/delete' })
}

/** Nothing is left to show. */
export function deletedPage(place: AccountPlace): string {
  const { deletion, backTo } = accountCatalogueFor(place.language)
  const { site } = place
  return accountDocument({
    place,
    title: deletion.done.title,
    main: html`<section class="question">
<p class="notice" role="status">${deletion.done.text}</p>
<div class="actions"><a class="button" href="${site.url.href}">${backTo(site.site.name)}</a></div>
</section>`,
  })
}

function question(
  place: AccountPlace,
  asked: { title: string; text: readonly [string, string]; path: string; yes: string; no: string },
): string {
  const { title, text, path, yes, no } = asked
  const [weighty, further] = text
  return accountDocument({
    place,
    title,
    main: html`<section class="question">
<p class="notice">${weighty}</p>
<p>${further}</p>
<div class="actions">
${postButton({ place, path, words: yes })}
${linkButton({ place, path: '/account', words: no })}
</div>
</section>`,
  })
}
