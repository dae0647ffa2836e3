import { html } from './html.ts'
import { problemTypes } from './problem.ts'

/** Where every problem document's `type` leads: what the API says when it says no, by its stable code. */
export function problemsPage(): string {
  const rows = Object.entries(problemTypes).map(
    ([code, { status, title }]) => html`
      <tr id="${code}"><th scope="row"><code>${code}</code></th><td>${String(status)}</td><td>${title}</td></tr>`,
  )
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Problems of the Newsrack API</title>
    <link rel="stylesheet" href="/docs/problems.css">
    <link rel="icon" href="/docs/ui/favicon-32x32.png">
  </head>
  <body>
    <main>
      <p><a href="/docs">API reference</a></p>
      <h1>Problems</h1>
      <p>What the API answers when it says no. The code is stable; the words may change.</p>
      <table>
        <thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </main>
  </body>
</html>
`.markup
}
