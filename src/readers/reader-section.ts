import { type Html, html } from '../http/html.ts'
import { type AccountPlace, accountAddress } from '../subscriptions/account-document.ts'
import type { AccountStore, Session } from './account-store.ts'
import type { AskingReader } from './asking-reader.ts'
import { type AccountWords, accountWords } from './reader-words.ts'

/** Who the reader is, and where they are signed in: a section of the account page. */
export type ReaderSection = (asking: AskingReader, place: AccountPlace) => Promise<Html>

export function createReaderSection(parts: {
  accounts: AccountStore
  /** Epoch milliseconds. */
  now: () => number
}): ReaderSection {
  const { accounts, now } = parts
  return async ({ reader, account, site }, place) => {
    const words = accountWords(place.language)
    if (account === null) return section(words, anonymous(words, place), place)
    const [known, sessions] = await Promise.all([accounts.account(reader), accounts.sessions(reader, now())])
    const date = dateWriter(place.language, site.site.timeZone)
    return section(
      words,
      html`<p>${known?.email ? words.signedInAs(isolated(known.email)) : words.signedIn}</p>
${button({ words: words.signOut, path: '/account/sign-out', place })}
<h3>${words.sessions}</h3>
<ul class="sessions">${sessions.map((session) => sessionItem(session, { words, date, place, current: account.session }))}</ul>
<p class="hint">${words.sessionsEnd}</p>`,
      place,
    )
  }
}

function section(words: AccountWords, main: Html, place: AccountPlace): Html {
  return html`<section aria-labelledby="reader" class="reader">
<h2 id="reader">${words.title}</h2>
${main}
<h3>${words.data}</h3>
<p>${words.dataText}</p>
<div class="actions"><a class="button plain" href="${exportAddress(place)}" download>${words.download}</a> <a class="button plain" href="${accountAddress('/account/delete', place)}">${words.deleteData}</a></div>
</section>`
}

function anonymous(words: AccountWords, place: AccountPlace): Html {
  return html`<p>${words.anonymous}</p>
<div class="actions"><a class="button plain" href="${signInAddress(place)}">${words.signIn}</a></div>`
}

function sessionItem(
  { id, device, startedMs, seenMs }: Session,
  options: { words: AccountWords; date: (ms: number) => string; place: AccountPlace; current: string },
): Html {
  const { words, date, place, current } = options
  const name = words.device(device.browser, device.system)
  return html`<li><div><strong>${name}</strong>${id === current ? html` <em>${words.thisBrowser}</em>` : null}
<small>${words.since(date(startedMs), date(seenMs))}</small></div>
${id === current ? null : button({ words: words.end, label: words.endOf(name), path: '/account/sessions/end', place, fields: { session: id } })}</li>`
}

function button(options: {
  words: string
  path: string
  place: AccountPlace
  label?: string
  fields?: Record<string, string>
}): Html {
  const { words, path, place, label, fields = {} } = options
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form method="post" action="${accountAddress(path, place)}">${hidden}<button class="plain"${label === undefined ? null : html` aria-label="${label}"`}>${words}</button></form>`
}

/** The sign-in page comes back here unless it is told otherwise. */
function signInAddress({ query, language }: AccountPlace): string {
  return accountAddress('/sign-in', { query: { ...query, language } })
}

function exportAddress({ query: { site } }: AccountPlace): string {
  return accountAddress('/v1/reader/export', { query: site === undefined ? {} : { site } })
}

function dateWriter(language: string, timeZone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone })
  return (ms) => format.format(ms)
}

/** An address reads from left to right in the middle of Arabic too. */
function isolated(email: string): string {
  return `\u2068${email}\u2069`
}
