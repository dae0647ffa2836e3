import { type Html, html } from '../http/html.ts'
import type { MeterState } from '../metering/meter-question.ts'
import { formatMoney } from '../offers/money.ts'
import { writtenDate } from '../offers/words.ts'
import type { ShownOffer } from '../paywall/answer.ts'
import { accountCatalogueFor } from './account-catalogue.ts'
import {
  type AccountPlace,
  accountAddress,
  accountDocument,
  askButton,
  linkButton,
  postButton,
} from './account-document.ts'
import { freeArticleWords, type Held, subscriptionWords } from './account-words.ts'
import { offerForm, refusalNotice } from './offer-form.ts'
import type { Invoice } from './payments.ts'

/** What the page of one reader's account shows. */
export type Account = {
  place: AccountPlace
  /** Null where nothing is metered. */
  meter: MeterState | null
  /** Null where none is running. */
  subscription: Held | null
  /** Where none is running: whether one has. */
  hadSubscription: boolean
  /** The latest first; `away` where the payment service did not answer, null where there can be none. */
  invoices: readonly Invoice[] | 'away' | null
  /** Whether the reader is known to the payment service, and can change the card there. */
  hasCard: boolean
  mayWithdraw: boolean
  /** What the reader has bought for others, and can. */
  gifts: Html | null
  /** Who the reader is, where they are signed in, and what of theirs is kept. */
  reader: Html
  /** By which who has canceled would stay; null where there is none. */
  saveOffer: ShownOffer | null
  /** What the reader has just done. */
  done: 'resumed' | 'withdrawn' | 'refused' | 'away' | null
}

/** Who I am, what I may read, what I pay, and the way out of it. */
export function accountPage(account: Account): string {
  const { place, subscription } = account
  return accountDocument({
    place,
    title: accountCatalogueFor(place.language).account,
    main: html`${subscription === null ? noSubscription(account) : subscriptionSection(account, subscription)}
${saveOfferSection(account)}
${invoiceSection(account)}
${freeArticles(account)}
${account.gifts}
${account.reader}`,
    footer: subscription !== null,
  })
}

/** A page with nothing but a sentence and a way on, for whoever cannot be told which site's it is. */
export function messagePage(message: {
  title: string
  text: string
  onward: Html
  /** BCP 47; one that has words of its own. */
  language?: string
}): string {
  const { title, text, onward, language = 'en' } = message
  return html`<!doctype html>
<html lang="${language}" dir="${accountCatalogueFor(language).direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/account/account.css">
</head>
<body>
<main>
<h1>${title}</h1>
<section class="question">
<p class="notice">${text}</p>
<div class="actions">${onward}</div>
</section>
</main>
</body>
</html>
`.markup
}

function subscriptionSection(account: Account, held: Held): Html {
  const { state, notice, rows } = subscriptionWords(held)
  const { subscription: words } = accountCatalogueFor(account.place.language)
  const resumed = account.done === 'resumed' && state !== 'ending'
  return html`<section class="main" aria-labelledby="subscription">
<h2 id="subscription">${words.heading}</h2>
<p class="plan">${held.attempt.planName}</p>
${resumed ? html`<p class="notice" role="status">${words.resumed}</p>` : null}
${notice === null ? null : html`<p class="notice" role="status">${notice}</p>`}
${rows.length === 0 ? null : html`<dl>${rows.map(({ label, text, note }) => html`<div><dt>${label}</dt><dd>${text}${note === null ? null : html`<small>${note}</small>`}</dd></div>`)}</dl>`}
${subscriptionActions(account, state)}
</section>`
}

/** Who owes is helped to pay first. Cancelling is one click away wherever there is something to cancel. */
function subscriptionActions({ place, hasCard, mayWithdraw }: Account, state: string): Html | null {
  const { actions } = accountCatalogueFor(place.language)
  if (state === 'gift') return null
  const card = hasCard
    ? linkButton({ place, path: '/account/card', words: actions.changeCard, plain: state !== 'owing' })
    : null
  const undo = html`<span>${actions.changedYourMind}</span> ${postButton({ place, path: '/account/resume', words: actions.undo, label: actions.undoLabel })}`
  const cancel = askButton({ place, path: '/account/cancel', words: actions.cancel })
  return html`<div class="actions">${state === 'ending' ? html`${undo} ${card}` : html`${card} ${cancel}`}</div>
${mayWithdraw ? html`<p class="aside">${quietLink(place, '/account/withdraw', actions.withdraw)}</p>` : null}`
}

/** Beside what has been done, not before it: it is canceled already, and undoing costs nothing. */
function saveOfferSection({ place, saveOffer, done }: Account): Html | null {
  if (saveOffer === null) return null
  const refusal = done === 'refused' || done === 'away' ? done : null
  return html`${refusalNotice(place, refusal)}
${offerForm({ place, offer: saveOffer, path: '/account/stay' })}`
}

function noSubscription({ place, hadSubscription, hasCard, done }: Account): Html {
  const { subscription: words, actions, backTo } = accountCatalogueFor(place.language)
  const { site } = place
  return html`<section class="main" aria-labelledby="subscription">
<h2 id="subscription">${words.heading}</h2>
<p class="plan">${hadSubscription ? words.ended : words.none}</p>
${done === 'withdrawn' ? html`<p class="notice" role="status">${words.withdrawn}</p>` : null}
<div class="actions"><a class="button" href="${site.url.href}">${backTo(site.site.name)}</a>${hasCard ? linkButton({ place, path: '/account/card', words: actions.billing }) : null}</div>
</section>`
}

function invoiceSection({ place, invoices }: Account): Html | null {
  if (invoices === null) return null
  const { invoices: words } = accountCatalogueFor(place.language)
  const list = invoices === 'away' ? html`<p role="status">${words.away}</p>` : invoiceTable(place, invoices)
  return html`<section aria-labelledby="bills">
<h2 id="bills">${words.heading}</h2>
${list}
</section>`
}

function invoiceTable(place: AccountPlace, invoices: readonly Invoice[]): Html {
  const { invoices: words } = accountCatalogueFor(place.language)
  if (invoices.length === 0) return html`<p>${words.none}</p>`
  return html`<table>
<thead><tr><th scope="col">${words.date}</th><th scope="col">${words.amount}</th><th scope="col">${words.status}</th></tr></thead>
<tbody>${invoices.map((invoice) => invoiceRow(place, invoice))}</tbody>
</table>`
}

function invoiceRow({ language, site }: AccountPlace, { number, atMs, total, status, url }: Invoice): Html {
  const { invoices: words } = accountCatalogueFor(language)
  const date = writtenDate(atMs, { language, timeZone: site.site.timeZone })
  const named = number === null ? date : words.show(number)
  const link =
    url === null ? html`${date}` : html`<a href="${url}" aria-label="${date}: ${named}">${date}</a>`
  return html`<tr><td>${link}</td><td>${formatMoney(total, language)}</td><td>${words.statuses[status]}</td></tr>`
}

function freeArticles({ meter, place, subscription }: Account): Html | null {
  const { language, site } = place
  const text = meter === null ? null : freeArticleWords(meter, { site: site.site, language })
  if (text === null) return null
  const { free } = accountCatalogueFor(language)
  return html`<section aria-labelledby="free">
<h2 id="free">${free.heading}</h2>
<p>${subscription === null ? null : `${free.notCounted} `}${text}</p>
</section>`
}

function quietLink(place: AccountPlace, path: string, words: string): Html {
  return html`<a href="${accountAddress(path, place)}">${words}</a>`
}
