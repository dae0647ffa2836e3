const usualAttributes =
  'data-site="demo" data-article="2026/11/flood-aid" data-section="world" data-tags="asia, floods" data-class="metered" data-content=".article-body"'

export interface ArticlePage {
  /** Of the script tag, instead of the usual ones. */
  attributes?: string
  /** Where the script comes from, if not from the page's own server. */
  scriptOrigin?: string
}

/** The page of a newspaper that uses Newsrack, with a long article. */
export function articlePage({ attributes = usualAttributes, scriptOrigin = '' }: ArticlePage): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Flood aid</title>
<link rel="stylesheet" href="/page.css">
<header><a href="#top">The Harbor Lantern</a></header>
<p class="meter" data-newsrack-meter></p>
<main><article>
<h1>Flood aid reaches the lower town</h1>
<div class="article-body">
<p>First paragraph of the story.</p>
Loose words between paragraphs.
<figure class="picture"><a href="#picture">A picture</a></figure>
${'<p>Later paragraph of the story. <a href="#later">Read on</a></p>\n'.repeat(40)}
</div>
</article></main>
<footer>All rights reserved</footer>
<script async src="${scriptOrigin}/newsrack.js" ${attributes}></script>
</html>`
}

export const pageStyles = `
:root { color-scheme: light dark; }
body { margin: 0; font: 18px/1.6 serif; }
main { max-width: 640px; margin: auto; padding: 0 16px; }
.meter { min-height: 1.6em; }
.picture { display: block; }
footer { padding: 40px; }
`
