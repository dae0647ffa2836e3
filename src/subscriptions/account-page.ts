import { type Html, html } from '../http/html.ts'
import type { MeterState } from '../metering/meter-question.ts'
import type { SiteRules } from '../paywall/rules.ts'
import { endWords, freeArticleWords, type Held, subscriptionWords } from './account-words.ts'

/** What the pages of one reader's account show. */
export type Account = {
  site: SiteRules
  /** The site as the address names it; null where there is one only. */
  named: string | null
  /** Null where nothing is metered. */
  meter: MeterState | null
  /** Null where none is running. */
  subscription: Held | null
  /** Who the reader is, and where they are signed in. */
  reader: Html
  /** The reader has just undone the cancelling. */
  resumed: boolean
}

/** Who I am, what I may read, and the subscription with the way out of it. */
export function accountPage(account: Account): string {
  return document({
    title: 'Your account',
    account,
    main: html`<h1>Your account</h1>
${account.subscription === null ? noSubscription(account) : subscriptionSection(account, account.subscription)}
${freeArticles(account)}
${account.reader}`,
  })
}

/** The one question before cancelling. */
export function confirmPage(account: Account, held: Held): string {
  return document({
    title: 'Cancel your subscription?',
    account,
    main: html`<h1>Cancel your subscription?</h1>
<section class="question">
<p class="notice">${endWords(held)}</p>
<p>Until it ends, you can undo this on your account page.</p>
<div class="actions">
${postButton({ account, path: '/account/cancel', words: 'Yes, cancel' })}
<a class="button plain" href="${address('/account', account)}">Keep reading</a>
</div>
</section>`,
  })
}

/** A page with nothing but a sentence and a way on. */
export function messagePage({ title, text, onward }: { title: string; text: string; onward: Html }): string {
  return document({
    title,
    account: null,
    main: html`<h1>${title}</h1>
<section class="question">
<p class="notice">${text}</p>
<div class="actions">${onward}</div>
</section>`,
  })
}

function subscriptionSection(account: Account, held: Held): Html {
  const { state, notice, rows } = subscriptionWords(held)
  return html`<section class="main" aria-labelledby="subscription">
<h2 id="subscription">Subscription</h2>
<p class="plan">${held.attempt.planName}</p>
${account.resumed && state !== 'ending' ? html`<p class="notice" role="status">Your subscription goes on as before.</p>` : null}
${notice === null ? null : html`<p class="notice" role="status">${notice}</p>`}
${rows.length === 0 ? null : html`<dl>${rows.map(({ label, text, note }) => html`<div><dt>${label}</dt><dd>${text}${note === null ? null : html`<small>${note}</small>`}</dd></div>`)}</dl>`}
<div class="actions">${state === 'ending' ? html`<span>Changed your mind?</span> ${postButton({ account, path: '/account/resume', words: 'Undo', label: 'Undo: keep the subscription' })}` : cancelButton(account)}</div>
</section>`
}

function noSubscription({ site }: Account): Html {
  return html`<section class="main" aria-labelledby="subscription">
<h2 id="subscription">Subscription</h2>
<p class="plan">You have no subscription.</p>
<div class="actions"><a class="button" href="${site.url.href}">Back to ${site.site.name}</a></div>
</section>`
}

function freeArticles({ meter, site, subscription }: Account): Html | null {
  const words = meter === null ? null : freeArticleWords(meter, site.site)
  if (words === null) return null
  return html`<section aria-labelledby="free">
<h2 id="free">Free articles</h2>
<p>${subscription === null ? null : 'Articles you read as a subscriber do not count. '}${words}</p>
</section>`
}

function cancelButton({ named }: Account): Html {
  return html`<form action="/account/cancel">${named === null ? null : html`<input type="hidden" name="site" value="${named}">`}<button class="plain">Cancel subscription</button></form>`
}

function postButton(options: { account: Account; path: string; words: string; label?: string }): Html {
  const { account, path, words, label } = options
  return html`<form method="post" action="${address(path, account)}"><button${label === undefined ? null : html` aria-label="${label}"`}>${words}</button></form>`
}

function address(path: string, { named }: Account): string {
  return named === null ? path : `${path}?${new URLSearchParams({ site: named })}`
}

function document({ title, account, main }: { title: string; account: Account | null; main: Html }): string {
  const paper = account?.site.site.name
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}${paper === undefined ? null : ` · ${paper}`}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/account/account.css">
</head>
<body>
${account === null ? null : html`<header><a href="${account.site.url.href}">${account.site.site.name}</a></header>`}
<main>
${main}
</main>
${account === null || account.subscription === null ? null : html`<footer><a href="${account.site.url.href}">Back to ${account.site.site.name}</a></footer>`}
</body>
</html>
`.markup
}
