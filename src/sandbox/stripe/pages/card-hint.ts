import { testCards } from '../cards.ts'
import { type Html, html } from './html.ts'

/** Says which cards may be typed, and what each does. */
export function cardHint(): Html {
  const [good, ...others] = testCards
  return html`
    <p class="hint" id="card-hint">Use card <b>${good?.number}</b>, any future date and any code.</p>
    <details class="cards">
      <summary>Other test cards</summary>
      <ul>${others.map(({ number, does }) => html`<li><b>${number}</b> ${does}</li>`)}</ul>
    </details>`
}
