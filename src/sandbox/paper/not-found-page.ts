import type { Article } from './articles.ts'
import { type Html, html } from './html.ts'
import { type PageRequest, renderPage } from './page.ts'
import { renderStory } from './stories.ts'

/** What a reader meets at an address of ours that has no article or section. */
export function renderNotFoundPage(path: string, latest: readonly Article[], request: PageRequest): Html {
  return renderPage({
    request,
    path,
    kind: 'missing',
    title: 'Lost in the fog',
    description: 'There is no page at this address.',
    illustration: undefined,
    section: undefined,
    head: html`<meta name="robots" content="noindex">`,
    main: html`<header class="section-head"><h1>Lost in the fog</h1>
<p>There is no page at this address. It may have been moved, or mistyped. <a href="/">The front page</a> is where it always was.</p></header>
<section class="rest" aria-labelledby="rest">
<h2 id="rest" class="rule">While you are here</h2>
<div class="grid">${latest.map((article) => renderStory(article, { look: 'card' }))}</div>
</section>`,
  })
}
