import css from './fold.css?inline'

const folded = 'data-newsrack-folded'
const faded = 'data-newsrack-faded'

/**
 * Takes all of an article but its beginning out of sight, out of the tab order and out of the accessibility
 * tree. Nothing moves in the document, so that embedded frames and the page's own scripts keep working. The
 * first paragraph and what stands before it (a picture, a byline) stay.
 *
 * Returns the function that opens the article again.
 */
export function foldArticle(content: Element): () => void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  const first = firstParagraph(content)
  first?.toggleAttribute(faded, true)
  const undo = (first ? nodesAfter(first, content) : [...content.childNodes]).map(fold)
  return () => {
    for (const unfold of undo) unfold()
    first?.removeAttribute(faded)
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
  }
}

function firstParagraph(content: Element): Element | undefined {
  return [...content.querySelectorAll('p')].find(
    (paragraph) => paragraph.textContent?.trim() && !paragraph.closest('aside, figure, nav'),
  )
}

function nodesAfter(first: Element, content: Element): Node[] {
  const after: Node[] = []
  for (let inner: Element = first; inner !== content && inner.parentElement; inner = inner.parentElement) {
    for (let node = inner.nextSibling; node; node = node.nextSibling) after.push(node)
  }
  return after
}

function fold(node: Node): () => void {
  if (node instanceof Element) {
    const wasHidden = node.hasAttribute('hidden')
    node.toggleAttribute('hidden', true)
    node.toggleAttribute(folded, true)
    return () => {
      node.toggleAttribute('hidden', wasHidden)
      node.removeAttribute(folded)
    }
  }
  if (!(node instanceof Text) || !node.data.trim()) return () => {}
  // Text without an element of its own cannot be hidden, so it waits inside one.
  const holder = document.createElement('span')
  holder.toggleAttribute(folded, true)
  node.replaceWith(holder)
  holder.append(node)
  return () => holder.replaceWith(node)
}
