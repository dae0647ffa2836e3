import { type Html, html } from '../http/html.ts'
import { writtenDate } from '../offers/words.ts'
import type { SiteRules } from '../paywall/rules.ts'
import type { Attempt } from './attempt.ts'
import { type PurchaseWords, purchaseWords } from './purchase-words.ts'
import type { GiftState } from './redeem-gift.ts'

/** A page about one purchase, in the language of its attempt. `onward` is where the reader reads on. */
type About = { attempt: Attempt; site: SiteRules }

/** Stripe could not be asked whether the payment came through: the page asks again by itself. */
export function waitingPage(about: About): string {
  const words = wordsOf(about)
  return page({ ...about, title: words.waiting.title, text: words.waiting.text, refreshSeconds: 5 })
}

/** What was paid has gone back. */
export function refusedPage(about: About, refusal: NonNullable<Attempt['refused']>): string {
  const { title, text } = wordsOf(about).refused[refusal]
  return page({ ...about, title, text })
}

/** For whoever has paid for a gift: the link to give on. */
export function givenPage(about: About, link: URL): string {
  const { given } = wordsOf(about)
  return page({
    ...about,
    title: given.title,
    text: given.text(facts(about)),
    more: html`<p class="link"><a href="${link.href}">${link.href}</a></p>
<p>${given.keep}</p>`,
  })
}

/** For whoever follows that link: who gives what, for how long, and the button. */
export function giftPage(site: SiteRules, state: GiftState, action: string): string {
  const about = { site, attempt: state.attempt }
  const { gift } = wordsOf(about)
  const given = facts(about)
  switch (state.kind) {
    case 'open': {
      const text = gift.open.text({ ...given, until: dateOf(about, state.untilMs) })
      const button = html`<form method="post" action="${action}"><button>${gift.open.button}</button></form>`
      return page({ ...about, title: gift.open.title(given), text, action: button })
    }
    case 'theirs': {
      const text = gift.theirs.text({ ...given, until: dateOf(about, state.redemption.untilMs) })
      return page({ ...about, title: gift.theirs.title, text })
    }
    default:
      return page({ ...about, title: gift.open.title(given), text: gift[state.kind](given) })
  }
}

/** Stripe does not answer. Nothing has happened, and the same can be asked again. */
export function tryAgainPage(site: SiteRules, again: { method: 'get' | 'post'; path: string }): string {
  const { away } = purchaseWords(site.site.language)
  const action = html`<form method="${again.method}" action="${again.path}"><button>${away.button}</button></form>`
  return document({
    site,
    language: site.site.language,
    title: away.title,
    main: html`<p class="notice">${away.text}</p><div class="actions">${action}</div>`,
  })
}

function wordsOf({ attempt }: About): PurchaseWords {
  return purchaseWords(attempt.language)
}

function facts({ attempt, site }: About): { site: string; plan: string; months: number } {
  return { site: site.site.name, plan: attempt.planName, months: attempt.gift?.months ?? 0 }
}

function dateOf({ attempt, site }: About, instant: number): string {
  return writtenDate(instant, { language: attempt.language, timeZone: site.site.timeZone })
}

function page(
  options: About & {
    title: string
    text: string
    more?: Html
    action?: Html
    refreshSeconds?: number
  },
): string {
  const { attempt, site, title, text, more, action, refreshSeconds } = options
  const onward = attempt.returnTo === '' ? site.url.href : attempt.returnTo
  const readOn = html`<a class="${action === undefined ? 'button' : 'button plain'}" href="${onward}">${wordsOf(options).readOn(site.site.name)}</a>`
  return document({
    site,
    language: attempt.language,
    title,
    refreshSeconds,
    main: html`<p class="notice" role="status">${text}</p>
${more ?? null}
<div class="actions">${action ?? null}${readOn}</div>`,
  })
}

function document(options: {
  site: SiteRules
  language: string
  title: string
  main: Html
  refreshSeconds?: number | undefined
}): string {
  const { site, language, title, main, refreshSeconds } = options
  const refresh =
    refreshSeconds === undefined
      ? null
      : html`<meta http-equiv="refresh" content="${String(refreshSeconds)}">`
  return html`<!doctype html>
<html lang="${language}" dir="${purchaseWords(language).direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${refresh}
<title>${title} · ${site.site.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/account/account.css">
</head>
<body>
<header><a href="${site.url.href}">${site.site.name}</a></header>
<main>
<h1>${title}</h1>
<section class="question">
${main}
</section>
</main>
</body>
</html>
`.markup
}
