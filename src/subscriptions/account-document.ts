import { type Html, html } from '../http/html.ts'
import { isSpoken } from '../offers/languages.ts'
import type { SiteRules } from '../paywall/rules.ts'
import { accountCatalogueFor } from './account-catalogue.ts'

/** Where an account page belongs: the site, the language of its words (BCP 47), and what its links carry on. */
export type AccountPlace = {
  site: SiteRules
  language: string
  /** As the address names them: the site where there are several, the language where it was asked for. */
  query: Readonly<Record<string, string>>
}

/** A whole page of the account. `footer`: a way back beneath it. */
export function accountDocument(options: {
  place: AccountPlace
  title: string
  main: Html
  footer?: boolean
}): string {
  const { place, title, main, footer = false } = options
  const { site, language } = place
  const paper = site.site.name
  const { direction, backTo } = accountCatalogueFor(language)
  return html`<!doctype html>
<html lang="${isSpoken(language) ? language : 'en'}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${paper}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/account/account.css">
</head>
<body>
<header><a href="${site.url.href}">${paper}</a></header>
<main>
<h1>${title}</h1>
${main}
</main>
${footer ? html`<footer><a href="${site.url.href}">${backTo(paper)}</a></footer>` : null}
</body>
</html>
`.markup
}

/** An address of the account that keeps the site and the language. */
export function accountAddress(path: string, { query }: Pick<AccountPlace, 'query'>): string {
  const search = new URLSearchParams(query).toString()
  return search === '' ? path : `${path}?${search}`
}

/** A button that does something; a browser says where the form was sent from. */
export function postButton(options: {
  place: AccountPlace
  path: string
  words: string
  label?: string
}): Html {
  const { place, path, words, label } = options
  const name = label === undefined ? null : html` aria-label="${label}"`
  return html`<form method="post" action="${accountAddress(path, place)}"><button${name}>${words}</button></form>`
}

/** A button that asks before it does anything. */
export function askButton(options: { place: AccountPlace; path: string; words: string }): Html {
  const { place, path, words } = options
  const fields = Object.entries(place.query).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form action="${path}">${fields}<button class="plain">${words}</button></form>`
}

/** The same look for what leads to another page. */
export function linkButton(options: {
  place: AccountPlace
  path: string
  words: string
  plain?: boolean
}): Html {
  const { place, path, words, plain = true } = options
  return html`<a class="${plain ? 'button plain' : 'button'}" href="${accountAddress(path, place)}">${words}</a>`
}
