import type { Article } from './articles.ts'
import { formatDay } from './dates.ts'
import { type Html, html } from './html.ts'
import { type SectionId, sections } from './sections.ts'

/** What every page is told by its request: the origin it was asked at, and the time in epoch ms. */
export type PageRequest = { origin: string; now: number }

type Page = {
  request: PageRequest
  path: string
  kind: 'front' | 'section' | 'article' | 'missing'
  title: string
  description: string
  illustration: Pick<Article, 'picture' | 'alt'> | undefined
  section: SectionId | undefined
  head: Html
  main: Html
}

/** A whole document in the paper's dress: head, masthead, navigation, `main` and footer. */
export function renderPage(page: Page): Html {
  return html`<!doctype html>
<html lang="en-US">
<head>
${head(page)}
</head>
<body class="${page.kind}">
<a class="skip" href="#main">Skip to the news</a>
${masthead(page)}
<main id="main" tabindex="-1">
${page.main}
</main>
${footer()}
</body>
</html>
`
}

function head({ request, path, kind, title, description, illustration, head }: Page): Html {
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${kind === 'front' ? title : `${title} | The Harbor Lantern`}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#fbf7ee" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#12181f" media="(prefers-color-scheme: dark)">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/paper.css">
<link rel="canonical" href="${request.origin}${path}">
<meta property="og:site_name" content="The Harbor Lantern">
<meta property="og:type" content="${kind === 'article' ? 'article' : 'website'}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${request.origin}${path}">
${
  illustration === undefined
    ? undefined
    : html`<meta property="og:image" content="${request.origin}/pictures/${illustration.picture}">
<meta property="og:image:alt" content="${illustration.alt}">`
}
${head}`
}

function masthead({ request, kind, section }: Page): Html {
  const name = html`<a href="/"><img class="emblem" src="/favicon.svg" width="64" height="64" alt="">The Harbor Lantern</a>`
  return html`<header class="masthead">
<div class="ears"><time datetime="${new Date(request.now).toISOString()}">${formatDay(request.now)}</time><a href="/account">Your account</a></div>
${kind === 'front' ? html`<h1 class="name">${name}</h1>` : html`<p class="name">${name}</p>`}
<p class="motto">Port Ellery’s paper, lit every evening since 1871</p>
<nav class="sections" aria-label="Sections"><ul>${sections.map(
    ({ id, name }) =>
      html`<li><a href="/section/${id}"${id === section ? html` aria-current="${kind === 'section' ? 'page' : 'true'}"` : undefined}>${name}</a></li>`,
  )}</ul></nav>
</header>`
}

function footer(): Html {
  return html`<footer class="foot">
<p><a class="sign" href="/">The Harbor Lantern</a></p>
<p>Port Ellery, its people and its weather are invented. The paywall is real: this paper is the demonstration of Newsrack.</p>
<ul><li><a href="/#demo">How this demo works</a></li><li><a href="/account">Your account</a></li><li><a href="/sandbox/controls">Move the clock</a></li><li><a href="/docs">API reference</a></li></ul>
</footer>`
}
