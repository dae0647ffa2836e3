import type { Article } from './articles.ts'
import { type Html, html } from './html.ts'
import { type PageRequest, renderPage } from './page.ts'
import type { Section } from './sections.ts'
import { renderStory } from './stories.ts'

/** A section's own stories, then the newest of the others, so that a short section is not a dead end. */
export function renderSectionPage(
  section: Section,
  articles: readonly Article[],
  request: PageRequest,
): Html {
  const own = articles.filter((article) => article.section === section.id)
  const elsewhere = articles.filter((article) => article.section !== section.id).slice(0, 6)
  return renderPage({
    request,
    path: `/section/${section.id}`,
    kind: 'section',
    title: section.name,
    description: section.about,
    illustration: own[0],
    section: section.id,
    head: html``,
    main: html`<header class="section-head"><h1>${section.name}</h1><p>${section.about}</p></header>
<section class="own" aria-label="${section.name}"><h2 class="unseen">Stories</h2>${own.map((article) => renderStory(article, { look: 'lead', eager: true }))}</section>
<section class="rest" aria-labelledby="rest">
<h2 id="rest" class="rule">Elsewhere in the Lantern</h2>
<div class="grid">${elsewhere.map((article) => renderStory(article, { look: 'card' }))}</div>
</section>`,
  })
}
