import type { Article } from './articles.ts'
import { type Html, html, trusted } from './html.ts'

/** The schema.org NewsArticle of a page, with the marks for paywalled content that search engines ask for. */
export function renderStructuredData(article: Article, origin: string): Html {
  const url = `${origin}/${article.id}`
  const isFree = article.class === 'free'
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': url,
    identifier: article.id,
    url,
    mainEntityOfPage: url,
    headline: article.title,
    description: article.standfirst,
    datePublished: article.published,
    author: { '@type': 'Person', name: article.author },
    publisher: { '@type': 'NewsMediaOrganization', name: 'The Harbor Lantern', url: `${origin}/` },
    articleSection: article.section,
    keywords: article.tags,
    image: `${origin}/pictures/${article.picture}`,
    isAccessibleForFree: isFree,
    ...(isFree
      ? {}
      : { hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.article-body' } }),
  }
  return html`<script type="application/ld+json">${trusted(toScriptSafeJson(data))}</script>`
}

/** A "</script>" or "<!--" inside a value would end the element: "<" is written as its JSON escape. */
function toScriptSafeJson(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}
