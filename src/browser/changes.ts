const atMostEveryMs = 100

/**
 * Calls `look` when the page may have become another one without being loaded: elements came and went, as routers and
 * frameworks do it. Whatever changes the address changes the document too. Many changes at once are one call.
 */
export function watchChanges(look: () => void): void {
  let isDue = false
  const observer = new MutationObserver(() => {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      look()
    }, atMostEveryMs)
  })
  observer.observe(document, {
    childList: true,
    characterData: true,
    subtree: true,
    attributeFilter: ['content', 'href', 'data-article', 'data-class', 'data-section', 'data-content'],
  })
}
