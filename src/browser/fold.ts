import { adopt } from './adopt.ts'
import css from './fold.css?inline'

const folded = 'data-newsrack-folded'
const faded = 'data-newsrack-faded'

/** An article whose beginning alone is to be seen. */
export interface Fold {
  /** Folds what has come into the article since, or has been drawn anew. Changes nothing where nothing has. */
  again(contents: HTMLElement[]): void
  /** Opens the article. */
  undo(): void
}

/**
 * Takes all of an article but its beginning out of sight, out of the tab order and out of the accessibility
 * tree. Nothing moves in the document, so that embedded frames and the page's own scripts keep working. The
 * first paragraph and what stands before it (a picture, a byline) stay. Of a page that holds the beginning only
 * (`isBeginning`) all stays, and its last paragraph is seen to go on.
 */
export function foldArticle(contents: HTMLElement[], isBeginning: boolean): Fold {
  const { drop } = adopt(css)
  const undo = new Map<Node, () => void>()
  let lead: Element | undefined

  function again([first, ...others]: HTMLElement[]): void {
    if (!first) return
    if (!lead || !first.contains(lead)) lead = paragraphs(first).at(isBeginning ? -1 : 0)
    lead?.toggleAttribute(faded, true)
    if (isBeginning) return
    for (const node of [...(lead ? nodesAfter(lead, first) : first.childNodes), ...others]) {
      const unfold = fold(node)
      if (unfold) undo.set(node, unfold)
    }
  }
  again(contents)
  return {
    again,
    undo() {
      for (const unfold of undo.values()) unfold()
      lead?.removeAttribute(faded)
      drop()
    },
  }
}

function paragraphs(content: Element): Element[] {
  return [...content.querySelectorAll('p')].filter(
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

/** Null where there is nothing to fold. */
function fold(node: Node): (() => void) | null {
  if (node instanceof Element) {
    if (node.hasAttribute(folded) || node.localName === 'newsrack-wall') return null
    const wasHidden = node.hasAttribute('hidden')
    node.toggleAttribute('hidden', true)
    node.toggleAttribute(folded, true)
    return () => {
      node.toggleAttribute('hidden', wasHidden)
      node.removeAttribute(folded)
    }
  }
  if (!(node instanceof Text) || !node.data.trim()) return null
  // Text without an element of its own cannot be hidden, so it waits inside one.
  const holder = document.createElement('span')
  holder.toggleAttribute(folded, true)
  node.replaceWith(holder)
  holder.append(node)
  return () => holder.replaceWith(node)
}
