/** Gives the document, or a shadow root, a style sheet of ours, which no content security policy stands against. */
export function adopt(
  css: string,
  root: DocumentOrShadowRoot = document,
): { sheet: CSSStyleSheet; drop: () => void } {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  return {
    sheet,
    drop() {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet)
    },
  }
}
