import type { Answer, Offer } from './service.ts'
import css from './wall.css?inline'
import { type OfferForm, type WallContent, wallContent } from './wall-content.ts'

const announceAfterMs = 200

/** The wall in an article: says why it stands there, proposes the offer and takes the reader's consent. */
export class NewsrackWall extends HTMLElement {
  /** Called once for each purchase the reader agrees to; until `ready` or `show` the wall is busy. */
  onBuy: (offer: Offer) => void = () => {}
  busy = false

  private readonly root = this.attachShadow({ mode: 'open' })
  private readonly sheet = new CSSStyleSheet()
  private readonly status = document.createElement('p')
  private answer: Answer | null = null
  private content: WallContent | null = null

  constructor() {
    super()
    this.sheet.replaceSync(css)
    this.root.adoptedStyleSheets = [this.sheet]
    this.status.setAttribute('role', 'status')
    this.root.append(this.status)
  }

  /** Shows a refused answer, with some words if there is something to say about it. */
  show(answer: Answer, words = ''): void {
    if (!this.answer || substance(answer) !== substance(this.answer)) this.render(answer)
    this.ready(words)
  }

  /** Shows another offer, or other terms of the same one: the reader has agreed to none of it yet. */
  showOffer(offer: Offer, words: string): void {
    if (this.answer) this.show({ ...this.answer, offer }, words)
  }

  /** The reader can press the button again; the words say why. */
  ready(words = ''): void {
    this.busy = false
    const { form, message } = this.content ?? {}
    if (message) message.textContent = words
    form?.agree.removeAttribute('aria-invalid')
    form?.button.removeAttribute('aria-busy')
    if (form) form.button.textContent = form.offer.button
  }

  /** Keeps what follows the article below the screen's edge, where it was, so that it does not jump into view. */
  fillViewport(): void {
    const room = Math.min(innerHeight, innerHeight - this.getBoundingClientRect().top)
    this.sheet.insertRule(`:host { min-block-size: ${room}px }`, this.sheet.cssRules.length)
    // Whoever had read on past it would be left among what follows the article.
    if (this.getBoundingClientRect().bottom < 0) this.scrollIntoView({ behavior: 'instant' })
  }

  private render(answer: Answer): void {
    const hadFocus = this.root.activeElement !== null
    const content = wallContent(answer, document.documentElement.lang)
    const { form } = content
    form?.form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.submit(form, content.message)
    })
    form?.agree.addEventListener('change', () => this.ready())
    this.content?.section.remove()
    this.root.append(content.section)
    this.answer = answer
    this.content = content
    if (hadFocus) (form?.agree ?? content.heading).focus({ preventScroll: true })
    // A live region is only heard when it changes while it is in the page.
    setTimeout(() => this.announce(content.summary), announceAfterMs)
  }

  private submit({ offer, agree, button }: OfferForm, message: HTMLElement): void {
    if (this.busy) return
    if (!agree.checked) {
      message.textContent = 'Please check the box to agree to these terms.'
      agree.setAttribute('aria-invalid', 'true')
      agree.focus()
      return
    }
    this.busy = true
    message.textContent = ''
    button.setAttribute('aria-busy', 'true')
    button.textContent = 'Opening secure checkout…'
    this.announce(button.textContent)
    this.onBuy(offer)
  }

  private announce(words: string): void {
    this.status.textContent = words
  }
}

/** False if another copy of the script has defined it already. */
export function defineWall(): boolean {
  if (customElements.get('newsrack-wall')) return false
  customElements.define('newsrack-wall', NewsrackWall)
  return true
}

/** Equal for two answers that look the same on the wall: the reader's tick stands. */
function substance({ reason, meter, wall, offer }: Answer): string {
  return JSON.stringify([reason, meter, wall, offer])
}
