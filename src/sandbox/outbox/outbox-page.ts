import { type Html, html } from '../paper/html.ts'
import type { KeptMail } from './mails.ts'

/** The mails that nobody was sent, each as its reader would see it. They fold, so no script is needed. */
export function outboxPage({ mails, baseUrl }: { mails: readonly KeptMail[]; baseUrl: string }): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Outbox · Newsrack sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${baseUrl}/outbox.css">
</head>
<body>
<p class="back"><a href="/">Back to the paper</a></p>
<main>
<h1>Outbox</h1>
<p class="hint">No mail server is set, so nothing is sent: the mails are kept here for you to read.</p>
${mails.length === 0 ? noMails() : html`<ol>${mails.map((mail, index) => html`<li>${mailEntry({ mail, baseUrl, open: index === 0 })}</li>`)}</ol>`}
</main>
</body>
</html>
`
}

/** A mail's document with its links opening beside it, since a frame is too small for where they lead. */
export function readablePage(document: string): string {
  return document.replace(/<head[^>]*>/i, '$&<base target="_blank">')
}

function noMails(): Html {
  return html`<p class="none">There is no mail yet. Buy the offer in the paper, and the acknowledgement is here.</p>`
}

function mailEntry({ mail, baseUrl, open }: { mail: KeptMail; baseUrl: string; open: boolean }): Html {
  const { number, subject, to, fromName, sentMs, text, language } = mail
  const sent = new Date(sentMs).toISOString()
  return html`<details${open ? html` open` : undefined}>
<summary><span class="subject" dir="auto">${subject}</span><span class="about">to ${to}${fromName === null ? undefined : html` · from ${fromName}`} · <time datetime="${sent}">${sent.slice(0, 16).replace('T', ' ')} UTC</time></span></summary>
${
  mail.html === null
    ? undefined
    : html`<h2>As it looks</h2>
<iframe title="${subject}" src="${baseUrl}/${String(number)}.html" sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy"></iframe>`
}
<h2>Its text</h2>
<pre lang="${language}" dir="auto">${linked(text)}</pre>
</details>`
}

/** Addresses in a text can be followed, as mail programs let one. */
function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`))
}
