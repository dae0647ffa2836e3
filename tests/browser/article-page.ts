export interface ArticlePage {
  /** Of the script tag, beside its source. */
  attributes?: string
  /** Where the script comes from, if not from the page's own server. */
  scriptOrigin?: string
  /** The page's JSON-LD; null for none, a text for what is no JSON. */
  structured?: unknown
  /** Further elements of the head. */
  head?: string
  language?: string
  direction?: 'ltr' | 'rtl'
  /** In place of the article's text after its first paragraph. */
  rest?: string
}

/** What a paper says of its article: nothing but its own address, and what is closed. */
export const usualStructure = {
  '@context': 'https://schema.org',
  '@type': 'NewsArticle',
  '@id': '2026/11/flood-aid',
  url: '/article',
  articleSection: 'world',
  keywords: ['asia', 'floods'],
  isAccessibleForFree: false,
  hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.article-body' },
}

const longRest = `Loose words between paragraphs.
<figure class="picture"><a href="#picture">A picture</a></figure>
${'<p>Later paragraph of the story. <a href="#later">Read on</a></p>\n'.repeat(40)}`

/** The page of a newspaper that uses Newsrack, with a long article. */
export function articlePage({
  attributes = '',
  scriptOrigin = '',
  structured = usualStructure,
  head = '',
  language = 'en',
  direction = 'ltr',
  rest = longRest,
}: ArticlePage): string {
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Flood aid</title>
<link rel="stylesheet" href="/page.css">
${structured === null ? '' : structuredData(structured)}
${head}
<header><a href="#top">The Harbor Lantern</a></header>
<p class="meter" data-newsrack-meter></p>
<main><article>
<h1>Flood aid reaches the lower town</h1>
<div class="article-body">
<p>First paragraph of the story.</p>
${rest}
</div>
</article></main>
<footer>All rights reserved <a href="#imprint">Imprint</a></footer>
<script async src="${scriptOrigin}/newsrack.js" ${attributes}></script>
</html>`
}

export function structuredData(structured: unknown): string {
  const text = typeof structured === 'string' ? structured : JSON.stringify(structured)
  return `<script type="application/ld+json">${text}</script>`
}

export const pageStyles = `
:root { color-scheme: light dark; }
body { margin: 0; font: 18px/1.6 serif; }
main { max-width: 640px; margin: auto; padding: 0 16px; }
.meter { min-height: 1.6em; }
.picture { display: block; }
footer { padding: 40px; }
`
