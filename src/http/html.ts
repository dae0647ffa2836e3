/** Markup that is safe to send. Only `html` makes it, so a plain string is always escaped. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

type Value = string | Html | readonly Html[] | null

/** Fills a template: strings are escaped, `Html` goes in as it is, `null` leaves nothing. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.reduce((markup, part, index) => markup + markupOf(values[index - 1] ?? null) + part))
}

function markupOf(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'string') return escapeText(value)
  return value instanceof Html ? value.markup : value.map(({ markup }) => markup).join('')
}

/** For element content and for quoted attribute values. */
function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
