/**
 * Makes an element with attributes and children; text goes in as text, never as markup. What a paper may style as a
 * part our own style sheet knows as a class.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  if (attributes.part) made.className = attributes.part
  made.append(...children.filter((child) => child !== null))
  return made
}
