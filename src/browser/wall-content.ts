import { element } from './dom.ts'
import type { Answer, Offer } from './service.ts'
import { closedWords, returnDay } from './words.ts'

/** What a wall consists of. The form is there if something is on offer. */
export interface WallContent {
  section: HTMLElement
  heading: HTMLElement
  message: HTMLElement
  form: OfferForm | null
  /** The wall in a sentence or two, for readers who hear the page. */
  summary: string
}

export interface OfferForm {
  offer: Offer
  form: HTMLFormElement
  agree: HTMLInputElement
  button: HTMLButtonElement
}

/** Builds the wall in the words of the service's answer. */
export function wallContent(answer: Answer, language: string): WallContent {
  const { offer } = answer
  const closed = closedWords(answer)
  const day = returnDay(answer, language)
  const message = element('p', { id: 'message', role: 'alert' })
  const heading = element('h2', { id: 'heading', tabindex: '-1' }, offer ? offer.headline : closed)
  const form = offer && offerForm(offer, message)
  const section = element(
    'section',
    { 'aria-labelledby': 'heading' },
    offer && element('p', { class: 'closed' }, closed),
    heading,
    offer && element('p', { class: 'price' }, offer.price),
    offer && notes(offer),
    form ? form.form : message,
    day &&
      element('p', { class: 'later' }, offer ? `Or come back on ${day}.` : `You can read on from ${day}.`),
  )
  return {
    section,
    heading,
    message,
    form,
    summary: offer ? `${closed} ${offer.headline}: ${offer.price}.` : closed,
  }
}

function notes(offer: Offer): HTMLElement | null {
  if (offer.notes.length === 0) return null
  // The role keeps it a list in Safari, which drops that where no bullets are drawn.
  return element('ul', { role: 'list' }, ...offer.notes.map((note) => element('li', {}, note)))
}

/** The box is never ticked for the reader, and the terms stand beside it in full. */
function offerForm(offer: Offer, message: HTMLElement): OfferForm {
  const agree = element('input', { type: 'checkbox', id: 'agree', 'aria-describedby': 'message terms' })
  const button = element('button', {}, offer.button)
  const form = element(
    'form',
    { novalidate: '' },
    element(
      'div',
      { class: 'consent' },
      agree,
      element('label', { for: 'agree' }, 'I agree to these terms'),
      element('p', { id: 'terms' }, offer.terms),
    ),
    message,
    button,
  )
  return { offer, form, agree, button }
}
