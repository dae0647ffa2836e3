import { type Html, html } from '../http/html.ts'

/** A page that says one thing and what to do next, in the look of the account's pages. */
export function ampPage({ title, text, onward }: { title: string; text: string; onward: Html }): string {
  return html`<!doctype html>
<html lang="en">
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
