/** Markup that is already safe to send. Only `html` and `trusted` make it, so a plain string is always escaped. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }

  toString(): string {
    return this.markup
  }
}

type Value = string | number | Html | readonly Html[] | undefined

/** Fills a template; strings and numbers are escaped, `Html` goes in as it is, `undefined` leaves nothing. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.reduce((markup, part, index) => markup + toMarkup(values[index - 1]) + part))
}

/** Vouches for markup that came from our own renderer. Never call it with text from outside. */
export function trusted(markup: string): Html {
  return new Html(markup)
}

/** Escapes text for element content and for quoted attribute values. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

function toMarkup(value: Value): string {
  if (value === undefined) return ''
  if (value instanceof Html) return value.markup
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return value.map((item) => item.markup).join('')
}
