import type { Article } from './articles.ts'
import { type Html, html } from './html.ts'
import { type PageRequest, renderPage } from './page.ts'
import { renderKicker, renderPicture, renderPublished, renderStory } from './stories.ts'
import { renderStructuredData } from './structured-data.ts'

/**
 * An article with the publisher's one script tag and the structured data it reads, then three more to go on to. Where
 * its text is withheld the page holds the first paragraph, and the script fetches the rest.
 */
export function renderArticlePage(options: {
  article: Article
  more: readonly Article[]
  request: PageRequest
  withheld: boolean
}): Html {
  const { article, more, request, withheld } = options
  return renderPage({
    request,
    path: `/${article.id}`,
    kind: 'article',
    title: article.title,
    description: article.standfirst,
    illustration: article,
    section: article.section,
    head: articleHead(options),
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
${article.lead}${withheld ? undefined : html`\n${article.rest}`}
</div>
${withheld ? howToReadOn(article) : undefined}
</article>
<section class="rest" aria-labelledby="more">
<h2 id="more" class="rule">More from the Lantern</h2>
<div class="grid">${more.map((other) => renderStory(other, { look: 'card' }))}</div>
</section>`,
  })
}

/** For a reader whose browser runs no script, or blocks ours: seen only when neither the text nor the wall has come. */
function howToReadOn({ id }: Article): Html {
  return html`<p class="read-on">The rest of this article comes when it is clear that you may read it, and for that the page needs its script. Allow JavaScript here, or pause what blocks it, and <a href="/${id}">load the page again</a>.</p>`
}

function articleHead({
  article,
  request,
  withheld,
}: {
  article: Article
  request: PageRequest
  withheld: boolean
}): Html {
  const contentUrl = withheld ? html` data-content-url="/${article.id}/text"` : undefined
  return html`<meta property="article:published_time" content="${article.published}">
<meta property="article:section" content="${article.section}">
${article.tags.map((tag) => html`<meta property="article:tag" content="${tag}">`)}
${article.class === 'free' ? undefined : html`<meta name="robots" content="noarchive">`}
${renderStructuredData(article, request.origin)}
<script async src="/newsrack.js"${contentUrl}></script>`
}
