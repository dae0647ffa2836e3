import { html } from '../http/html.ts'
import type { Mail } from '../mail/mail.ts'
import { signInWords } from './sign-in-words.ts'

/** The mail that carries a link. `secret` makes its id, so that every link is a mail of its own. */
export function signInMail(options: {
  to: string
  paper: string
  language: string
  link: URL
  secret: string
}): Mail {
  const { to, paper, language, link, secret } = options
  const { words, lang, dir } = signInWords(language)
  const { subject, open, button, onceOnly, notYou } = words.mail
  return {
    id: `sign-in ${secret}`,
    to,
    fromName: paper,
    subject: subject(paper),
    text: `${open(paper)}\n\n${link.href}\n\n${onceOnly}\n${notYou}\n`,
    html: html`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${subject(paper)}</title>
</head>
<body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:32rem;margin:0 auto">
<p style="margin:0 0 24px;font:700 20px/1.3 Georgia,serif">${paper}</p>
<p style="margin:0 0 20px">${open(paper)}</p>
<p style="margin:0 0 24px"><a href="${link.href}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:#14466e;color:#ffffff;font-weight:600;text-decoration:none">${button}</a></p>
<p style="margin:0 0 8px">${onceOnly}</p>
<p style="margin:0">${notYou}</p>
</div>
</body>
</html>
`.markup,
    language: lang,
  }
}
