import { type Html, html } from '../http/html.ts'
import type { AccountStore, Session } from './account-store.ts'
import type { AskingReader } from './asking-reader.ts'
import { type AccountWords, accountWords } from './reader-words.ts'

/** How the account page is shown: its language, and the site as its address names it (null where there is one only). */
export type ShownHow = { language: string; named: string | null }

/** Who the reader is, and where they are signed in: a section of the account page. */
export type ReaderSection = (asking: AskingReader, how: ShownHow) => Promise<Html>

export function createReaderSection(parts: {
  accounts: AccountStore
  /** Epoch milliseconds. */
  now: () => number
}): ReaderSection {
  const { accounts, now } = parts
  return async ({ reader, account, site }, how) => {
    const words = accountWords(how.language)
    if (account === null) return section(words, anonymous(words, how), how)
    const [known, sessions] = await Promise.all([accounts.account(reader), accounts.sessions(reader, now())])
    const date = dateWriter(how.language, site.site.timeZone)
    return section(
      words,
      html`<p>${known?.email ? words.signedInAs(isolated(known.email)) : words.signedIn}</p>
${button({ words: words.signOut, path: '/account/sign-out', how })}
<h3>${words.sessions}</h3>
<ul class="sessions">${sessions.map((session) => sessionItem(session, { words, date, how, current: account.session }))}</ul>
<p class="hint">${words.sessionsEnd}</p>`,
      how,
    )
  }
}

/** The one question before everything is deleted. */
export function deletionQuestion({ language, named }: ShownHow): { title: string; main: Html } {
  const words = accountWords(language)
  return {
    title: words.deletion.title,
    main: html`<p class="notice">${words.deletion.text}</p>
<p>${words.deletion.kept}</p>
<div class="actions">
${button({ words: words.deletion.yes, path: '/account/delete', how: { language, named } })}
<a class="button plain" href="${address('/account', { language, named })}">${words.deletion.no}</a>
</div>`,
  }
}

function section(words: AccountWords, main: Html, how: ShownHow): Html {
  return html`<section aria-labelledby="reader" class="reader">
<h2 id="reader">${words.title}</h2>
${main}
<h3>${words.data}</h3>
<p>${words.dataText}</p>
<div class="actions"><a class="button plain" href="${address('/v1/reader/export', { ...how, language: null })}" download>${words.download}</a> <a class="button plain" href="${address('/account/delete', how)}">${words.deletion.link}</a></div>
</section>`
}

function anonymous(words: AccountWords, how: ShownHow): Html {
  return html`<p>${words.anonymous}</p>
<div class="actions"><a class="button plain" href="${address('/sign-in', how)}">${words.signIn}</a></div>`
}

function sessionItem(
  { id, device, startedMs, seenMs }: Session,
  options: { words: AccountWords; date: (ms: number) => string; how: ShownHow; current: string },
): Html {
  const { words, date, how, current } = options
  const name = words.device(device.browser, device.system)
  return html`<li><div><strong>${name}</strong>${id === current ? html` <em>${words.thisBrowser}</em>` : null}
<small>${words.since(date(startedMs), date(seenMs))}</small></div>
${id === current ? null : button({ words: words.end, label: words.endOf(name), path: '/account/sessions/end', how, fields: { session: id } })}</li>`
}

function button(options: {
  words: string
  path: string
  how: ShownHow
  label?: string
  fields?: Record<string, string>
}): Html {
  const { words, path, how, label, fields = {} } = options
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form method="post" action="${address(path, how)}">${hidden}<button class="plain"${label === undefined ? null : html` aria-label="${label}"`}>${words}</button></form>`
}

function address(
  path: string,
  { named, language }: { named: string | null; language: string | null },
): string {
  const query = new URLSearchParams({
    ...(named !== null && { site: named }),
    ...(language !== null && { language }),
  }).toString()
  return query === '' ? path : `${path}?${query}`
}

function dateWriter(language: string, timeZone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone })
  return (ms) => format.format(ms)
}

/** An address reads from left to right in the middle of Arabic too. */
function isolated(email: string): string {
  return `\u2068${email}\u2069`
}
