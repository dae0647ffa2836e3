import { html } from '../http/html.ts'
import { type AccountPlace, accountDocument, linkButton } from '../subscriptions/account-document.ts'
import { ampWordsFor } from './amp-words.ts'

/** The one question before an AMP reader is connected; `fields` go back with the answer, `comeBack` is for who will not. */
export function ampSignInPage(options: {
  place: AccountPlace
  fields: Readonly<Record<string, string>>
  comeBack: string
}): string {
  const { place, fields, comeBack } = options
  const words = ampWordsFor(place.language)
  const paper = place.site.site.name
  return accountDocument({
    place,
    title: words.title(paper),
    main: html`<section class="question">
<p class="notice">${words.effect(paper)}</p>
<p>${words.warning}</p>
<div class="actions">
<form method="post" action="/amp/sign-in">${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    )}<button>${words.yes}</button></form>
<a class="button plain" href="${comeBack}">${words.no}</a>
${linkButton({ place, path: '/account', words: words.account })}
</div>
</section>`,
  })
}
