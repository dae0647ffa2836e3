import { Html, html } from '../http/html.ts'
import type { SiteRules } from '../paywall/rules.ts'
import { signInWords } from './sign-in-words.ts'

/** What every page of signing in knows. `named` is the site as the address names it, null where there is one only. */
export type SignInView = { site: SiteRules; named: string | null; language: string }

/** What was filled in, and why it was not taken. */
export type AskForm = { email: string; returnTo: string; fault: string | null }

export function askPage(view: SignInView, { email, returnTo, fault }: AskForm): string {
  const { ask } = signInWords(view.language).words
  return document(view, {
    title: ask.title,
    main: html`<p>${ask.text}</p>
<form method="post" action="/sign-in">
${hidden('returnTo', returnTo)}${hidden('language', view.language)}${view.named === null ? null : hidden('site', view.named)}
<label for="email">${ask.email}</label>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" dir="ltr" required value="${email}"${fault === null ? null : html` aria-invalid="true" aria-describedby="fault"`}>
${fault === null ? null : html`<p class="fault" id="fault" role="alert">${fault}</p>`}
<div class="actions"><button>${ask.button}</button></div>
</form>`,
  })
}

export function sentPage(view: SignInView, { email, returnTo }: Pick<AskForm, 'email' | 'returnTo'>): string {
  const { sent } = signInWords(view.language).words
  return document(view, {
    title: sent.title,
    main: html`<p class="notice" role="status">${sent.text(isolated(email))}</p>
<p class="hint">${sent.hint}</p>
<div class="actions"><a class="button plain" href="${askAddress(view, returnTo)}">${sent.again}</a></div>`,
  })
}

/** Signing in takes this button, never the link alone: programs that scan mail open links too. */
export function confirmPage(
  view: SignInView,
  {
    email,
    token,
    sameBrowser,
    script,
  }: { email: string; token: string; sameBrowser: boolean; script: string },
): string {
  const { confirm } = signInWords(view.language).words
  return document(view, {
    title: sameBrowser ? confirm.signingIn : confirm.title(view.site.site.name),
    main: html`<p class="notice">${confirm.text(isolated(email))}</p>
${sameBrowser ? null : html`<p>${confirm.otherBrowser}</p>`}
<form method="post" action="/sign-in/confirm">
${hidden('token', token)}${hidden('site', view.site.site.id)}${hidden('language', view.language)}
<div class="actions"><button>${confirm.button}</button></div>
</form>
${sameBrowser ? html`<script>${new Html(script)}</script>` : null}`,
  })
}

export function endedPage(view: SignInView): string {
  const { ended } = signInWords(view.language).words
  return document(view, {
    title: ended.title,
    main: html`<p class="notice">${ended.text}</p>
<div class="actions"><a class="button" href="${askAddress(view, null)}">${ended.button}</a></div>`,
  })
}

/** A page with nothing but a sentence and a way on. */
export function sorryPage(view: SignInView, text: string): string {
  const { words } = signInWords(view.language)
  return document(view, {
    title: words.sorry,
    main: html`<p class="notice" role="alert">${text}</p>
<div class="actions"><a class="button" href="${askAddress(view, null)}">${words.ask.title}</a></div>`,
  })
}

function askAddress({ named, language }: SignInView, returnTo: string | null): string {
  const query = new URLSearchParams({
    ...(named !== null && { site: named }),
    language,
    ...(returnTo !== null && { returnTo }),
  })
  return `/sign-in?${query}`
}

function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`
}

/** An address reads from left to right in the middle of Arabic too (Unicode's first-strong isolate). */
function isolated(email: string): string {
  return `\u2068${email}\u2069`
}

function document(view: SignInView, { title, main }: { title: string; main: Html }): string {
  const { words, lang, dir } = signInWords(view.language)
  const { site, url } = view.site
  return html`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${site.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/account/account.css">
<link rel="stylesheet" href="/sign-in/sign-in.css">
</head>
<body>
<header><a href="${url.href}">${site.name}</a></header>
<main>
<h1>${title}</h1>
<section class="question">
${main}
</section>
</main>
<footer><a href="${url.href}">${words.back(site.name)}</a></footer>
</body>
</html>
`.markup
}
