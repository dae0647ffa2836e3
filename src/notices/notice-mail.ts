import { type Html, html } from '../http/html.ts'
import type { Mail } from '../mail/mail.ts'

/** A mail before it is written out, as text and as a page. */
export type Letter = {
  subject: string
  paper: string
  /** BCP 47. */
  language: string
  direction: 'ltr' | 'rtl'
  before: readonly string[]
  terms: { label: string; text: string } | null
  rows: readonly { label: string; text: string }[]
  after: readonly string[]
  button: { label: string; url: string }
  why: string
}

/** A letter as a mail; it comes from the paper. */
export function mailWith(letter: Letter, id: string): Omit<Mail, 'to'> {
  const { paper, subject, language } = letter
  return {
    id,
    fromName: paper,
    subject,
    text: renderText(letter),
    html: renderHtml(letter),
    language,
  }
}

/** For programs that show no pages, and for those who prefer it so. */
function renderText({ paper, before, terms, rows, after, button, why }: Letter): string {
  const parts = [
    ...before,
    ...(terms === null ? [] : [terms.text]),
    ...(rows.length === 0 ? [] : [rows.map(({ label, text }) => `${label}: ${text}`).join('\n')]),
    ...after,
    `${button.label}: ${button.url}`,
    `-- \n${paper}\n${why}`,
  ]
  return `${parts.join('\n\n')}\n`
}

/**
 * Tables and inline styles, as mail programs ask for; those that know a style sheet also show it in dark. Nothing is
 * loaded from anywhere.
 */
function renderHtml(letter: Letter): string {
  const { subject, paper, language, direction, before, terms, rows, after, button, why } = letter
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>${darkStyles}</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f4f2ee;color:#1b1a18">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="ground" style="background:#f4f2ee"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
<tr><td style="padding:0 8px 16px;${serif};font-size:20px;font-weight:bold;text-align:start">${paper}</td></tr>
<tr><td class="card" style="padding:28px 28px 32px;background:#ffffff;border:1px solid #ddd8ce;border-radius:6px;${sans};text-align:start">
<h1 style="margin:0 0 20px;${serif};font-size:26px;line-height:1.25">${subject}</h1>
${before.map(paragraph)}
${terms === null ? null : html`<blockquote class="terms" style="margin:0 0 20px;padding:12px 16px;border-inline-start:3px solid #14466e;background:#edf3f8"><p style="margin:0">${terms.text}</p></blockquote>`}
${rows.length === 0 ? null : html`<table cellpadding="0" cellspacing="0" border="0" width="100%" style="margin:0 0 20px;border-collapse:collapse">${rows.map(row)}</table>`}
${after.map(paragraph)}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 0"><tr><td class="button" style="border-radius:4px;background:#14466e"><a href="${button.url}" class="button" style="display:inline-block;padding:12px 22px;color:#ffffff;font-weight:bold;text-decoration:none">${button.label}</a></td></tr></table>
</td></tr>
<tr><td class="quiet" style="padding:16px 8px 0;color:#5a564f;${sans};font-size:13px;text-align:start">${why}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`.markup
}

const sans =
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.55"
const serif = "font-family:Charter,'Bitstream Charter',Georgia,'Noto Serif',serif"

const darkStyles = `
@media (prefers-color-scheme: dark) {
  .ground { background: #14171b !important; color: #eceae6 !important; }
  .card { background: #1c2025 !important; border-color: #383d44 !important; color: #eceae6 !important; }
  .terms { background: #20303d !important; border-color: #a9cdec !important; }
  .quiet { color: #b0b3b8 !important; }
  .line { border-color: #383d44 !important; }
  .button { background: #a9cdec !important; color: #10202d !important; }
}
`

function paragraph(text: string): Html {
  return html`<p style="margin:0 0 16px">${text}</p>
`
}

function row({ label, text }: { label: string; text: string }): Html {
  const line = 'padding:8px 0;border-top:1px solid #ddd8ce;text-align:start;vertical-align:top'
  return html`<tr><th scope="row" class="line quiet" style="${line};padding-inline-end:16px;color:#5a564f;font-weight:normal">${label}</th><td class="line" style="${line};font-weight:bold;overflow-wrap:anywhere">${text}</td></tr>`
}
