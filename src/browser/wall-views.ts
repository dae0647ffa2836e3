import { element } from './dom.ts'
import type { Answer, Offer, Words } from './page-api.d.ts'

/** What a wall shows at a time: the offer, or the form for a link that signs the reader in. */
export interface View {
  nodes: HTMLElement[]
  heading: HTMLElement
  /** There where something can be sent. */
  form: HTMLFormElement | null
  /** What the reader ticks or fills in. */
  field: HTMLInputElement | null
  button: HTMLButtonElement | null
  /** Says what went wrong. */
  message: HTMLElement
  /** Leads to the other view; null where there is none. */
  other: HTMLButtonElement | null
}

/** The offer with its terms, or the form for an e-mail address; why the article is closed where there is neither. */
export function viewOf({ offer }: Answer, words: Words, isSigningIn: boolean): View {
  const { signIn, later } = words
  const message = element('p', { id: 'message', role: 'alert', part: 'message' })
  const title = isSigningIn ? signIn.heading : offer?.headline
  const heading = element('h2', { id: 'heading', tabindex: '-1', part: 'heading' }, title ?? words.closed)
  const filled = isSigningIn ? emailForm(words, message) : offer && offerForm(offer, words, message)
  const other = isSigningIn && !offer ? null : linkButton(isSigningIn ? signIn.back : signIn.invitation)
  const nodes = [
    title && words.closed ? closedLine(words) : null,
    heading,
    ...(isSigningIn ? [element('p', { part: 'text' }, signIn.ask)] : offer ? offerLines(offer) : []),
    filled ? filled.form : message,
    later && element('p', { part: 'later' }, later),
    other,
  ].filter((node) => node instanceof HTMLElement)
  return { nodes, heading, form: null, field: null, button: null, ...filled, message, other }
}

function offerLines(offer: Offer): (HTMLElement | null)[] {
  return [
    element('p', { part: 'price' }, offer.price),
    // The role keeps it a list in Safari, which drops that where no bullets are drawn.
    offer.notes.length > 0
      ? element('ul', { role: 'list', part: 'notes' }, ...offer.notes.map((note) => element('li', {}, note)))
      : null,
    offer.endsAt ? element('p', { part: 'countdown', role: 'timer' }) : null,
  ]
}

type Filled = { form: HTMLFormElement; field: HTMLInputElement; button: HTMLButtonElement }

/** The box is never ticked for the reader, and the terms stand beside it in full. */
function offerForm(offer: Offer, words: Words, message: HTMLElement): Filled {
  const field = element('input', {
    type: 'checkbox',
    id: 'agree',
    'aria-describedby': 'message terms',
    part: 'box',
  })
  const consent = element(
    'div',
    { part: 'consent' },
    field,
    element('label', { for: 'agree' }, words.agree),
    element('p', { id: 'terms', part: 'terms' }, offer.terms),
  )
  return formOf(field, [consent, message], offer.button)
}

function emailForm({ signIn }: Words, message: HTMLElement): Filled {
  const field = element('input', {
    type: 'email',
    id: 'email',
    autocomplete: 'email',
    // An address is written from left to right in every language.
    dir: 'ltr',
    'aria-describedby': 'message',
    part: 'field',
  })
  const label = element('label', { for: 'email' }, signIn.email)
  return formOf(field, [label, field, message], signIn.send)
}

function formOf(field: HTMLInputElement, lines: HTMLElement[], words: string): Filled {
  const button = element('button', { part: 'button' }, words)
  return { form: element('form', { novalidate: '' }, ...lines, button), field, button }
}

/** What stays of a wall that the reader has closed. */
export function noteView(words: Words): { note: HTMLElement; open: HTMLButtonElement } {
  const open = linkButton(words.open)
  const note = element('section', { part: 'note', ...dress(words) }, closedLine(words), open)
  return { note, open }
}

/** Language and direction of the words, whatever the page around them. */
export function dress({ language, direction }: Words): Record<string, string> {
  return { lang: language, dir: direction }
}

function closedLine({ closed }: Words): HTMLElement {
  return element('p', { part: 'closed' }, closed)
}

function linkButton(words: string): HTMLButtonElement {
  return element('button', { type: 'button', part: 'link' }, words)
}
