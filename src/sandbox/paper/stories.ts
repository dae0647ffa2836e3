import type { Article } from './articles.ts'
import { formatDayAndTime } from './dates.ts'
import { type Html, html } from './html.ts'
import { findSection } from './sections.ts'

/** A story as other pages show it: picture, section label, headline that links to it, standfirst and byline. */
export function renderStory(
  article: Article,
  { look, eager = false }: { look: 'lead' | 'tall' | 'card'; eager?: boolean },
): Html {
  return html`<article class="story ${look}">
<a class="picture" href="/${article.id}" tabindex="-1" aria-hidden="true">${renderPicture(article, { alt: '', eager })}</a>
<div class="words">
${renderKicker(article)}
<h3><a class="headline" href="/${article.id}">${article.title}</a></h3>
<p class="standfirst">${article.standfirst}</p>
<p class="byline">${article.author}</p>
</div>
</article>`
}

/** The article's picture with its size reserved, so that nothing moves when it arrives. */
export function renderPicture(article: Article, { alt, eager }: { alt: string; eager: boolean }): Html {
  return html`<img class="print" src="/pictures/${article.picture}" width="1200" height="675" alt="${alt}" loading="${eager ? 'eager' : 'lazy'}" decoding="async">`
}

/** The section's name over a headline, with a mark on articles that are always open. */
export function renderKicker(article: Article): Html {
  const name = findSection(article.section)?.name
  return html`<p class="kicker"><a class="label" href="/section/${article.section}">${name}</a>${
    article.class === 'free' ? html` <span class="free">Free to read</span>` : undefined
  }</p>`
}

/** The instant of publication, for people and for machines. */
export function renderPublished(article: Article): Html {
  return html`<time datetime="${article.published}">${formatDayAndTime(article.published)}</time>`
}
