import { type Html, html } from '../http/html.ts'
import { accountCatalogueFor } from './account-catalogue.ts'

/** Why an account page could not be shown, for whoever cannot even be told which site's it is. */
export function troublePage(language: string, { text, onward }: { text: string; onward: Html }): string {
  const { direction, trouble } = accountCatalogueFor(language)
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${trouble.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/account/account.css">
</head>
<body>
<main>
<h1>${trouble.title}</h1>
<section class="question">
<p class="notice" role="alert">${text}</p>
<div class="actions">${onward}</div>
</section>
</main>
</body>
</html>
`.markup
}
