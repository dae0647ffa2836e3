import type { Article } from './articles.ts'
import { type Html, html } from './html.ts'
import { type PageRequest, renderPage } from './page.ts'
import { renderKicker, renderPicture, renderPublished, renderStory } from './stories.ts'
import { renderStructuredData } from './structured-data.ts'

/** An article with the publisher's one script tag and the structured data it reads, then three more to go on to. */
export function renderArticlePage(article: Article, more: readonly Article[], request: PageRequest): Html {
  return renderPage({
    request,
    path: `/${article.id}`,
    kind: 'article',
    title: article.title,
    description: article.standfirst,
    illustration: article,
    section: article.section,
    head: articleHead(article, request),
    main: html`<article class="full">
<header>
${renderKicker(article)}
<h1>${article.title}</h1>
<p class="standfirst">${article.standfirst}</p>
<p class="byline"><span>By <b>${article.author}</b></span> ${renderPublished(article)}</p>
<div data-newsrack-meter></div>
</header>
<figure>${renderPicture(article, { alt: article.alt, eager: true })}<figcaption>${article.caption} <span>Print by the Lantern</span></figcaption></figure>
<div class="article-body">
${article.body}
</div>
</article>
<section class="rest" aria-labelledby="more">
<h2 id="more" class="rule">More from the Lantern</h2>
<div class="grid">${more.map((other) => renderStory(other, { look: 'card' }))}</div>
</section>`,
  })
}

function articleHead(article: Article, request: PageRequest): Html {
  return html`<meta property="article:published_time" content="${article.published}">
<meta property="article:section" content="${article.section}">
${article.tags.map((tag) => html`<meta property="article:tag" content="${tag}">`)}
${renderStructuredData(article, request.origin)}
<script async src="/newsrack.js"></script>`
}
