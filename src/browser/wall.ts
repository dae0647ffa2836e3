import { adopt } from './adopt.ts'
import { countdown } from './countdown.ts'
import { element } from './dom.ts'
import type { Answer, Offer, Words } from './page-api.d.ts'
import { reserveEdge } from './reserve-edge.ts'
import css from './wall.css?inline'
import { dress, noteView, type View, viewOf } from './wall-views.ts'

const announceAfterMs = 200
const emailPattern = /^\S+@\S+\.\S+$/

/**
 * The wall of an article, and the nudge beside an open one: says why it stands there, proposes the offer and takes the
 * reader's consent, or the address for a link. In the article, as a dialog over the page, or along the window's edge.
 */
export class NewsrackWall extends HTMLElement {
  /** Called once for each purchase the reader agrees to; until `ready` or `show` the wall is busy. */
  onBuy: (offer: Offer) => void = () => {}
  /** The same for a link to be sent. */
  onSignIn: (email: string) => void = () => {}
  /** Called when the reader closes it; unless told otherwise, a note stays that brings it back. */
  onDismiss: (() => void) | null = null
  /** Called when the offer ends before the reader's eyes. */
  onEnd: () => void = () => {}
  /** Epoch milliseconds by the service's clock. */
  now = Date.now
  busy = false

  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #status = element('p', { role: 'status' })
  #answer: Answer | null = null
  #frame: HTMLElement | null = null
  #view: View | null = null
  #isSigningIn = false
  #timer: number | undefined
  /** Where the focus was before it came into the wall. */
  #cameFrom: HTMLElement | null = null
  #releaseEdge = () => {}

  constructor() {
    super()
    adopt(css, this.#root)
    this.addEventListener('focusin', ({ relatedTarget }) => {
      if (relatedTarget instanceof HTMLElement && relatedTarget !== this) this.#cameFrom = relatedTarget
    })
    this.addEventListener('keydown', (event) => {
      // Some browsers close a dialog at the second Escape whatever is said of it.
      if (event.key !== 'Escape' || !this.#answer?.wall) return
      event.preventDefault()
      if (this.#answer.wall.dismissible) this.#dismiss()
    })
  }

  /** Its words, once it shows an answer. */
  get words(): Words | undefined {
    return this.#answer?.wall?.words
  }

  /** Shows a refused answer; what the reader has ticked or filled in stands if it says nothing new. */
  show(answer: Answer): void {
    const before = this.#answer
    if (!answer.wall) return
    if (!before || substance(answer) !== substance(before)) {
      this.#answer = answer
      if (answer.wall.kind !== before?.wall?.kind) this.#isSigningIn = answer.wall.kind === 'registration'
      this.#render(answer, answer.wall.words)
      if (!before) this.#announce(answer)
    }
    this.ready()
  }

  /** Shows another offer, or other terms of the same one: the reader has agreed to none of it yet. */
  showOffer(offer: Offer): void {
    if (this.#answer) this.show({ ...this.#answer, offer })
  }

  /** To be called whenever it has been put into the page. */
  stand(): void {
    if (!this.#answer?.wall) return
    if (!this.#answer.granted) this.#fillViewport()
    this.#raise()
  }

  /** The reader can press the button again. */
  ready(): void {
    this.busy = false
    const view = this.#view
    if (!view) return
    view.message.textContent = ''
    view.field?.removeAttribute('aria-invalid')
    view.button?.removeAttribute('aria-busy')
    if (view.button) view.button.textContent = this.#buttonWords()
  }

  /** Says what went wrong, by the problem's code. */
  refuse(code: string): void {
    const refusals = this.#isSigningIn ? this.words?.signIn.refusals : this.words?.refusals
    this.#say(refusals?.[code] ?? refusals?.other)
  }

  /** The link is on its way. */
  linkSent(email: string): void {
    const { words } = this
    if (!words || !this.#view?.form) return
    const sent = element(
      'p',
      { part: 'text', tabindex: '-1' },
      words.signIn.sent.replace('{email}', `\u2068${email}\u2069`),
    )
    this.#frame?.querySelector('.text')?.replaceWith(sent)
    this.#view.form.remove()
    sent.focus({ preventScroll: true })
  }

  /** Takes it out of the page; the focus goes back to where it was. */
  leave(): void {
    const hadFocus = this.#root.activeElement !== null
    this.#lower()
    this.remove()
    clearTimeout(this.#timer)
    if (hadFocus) this.#cameFrom?.focus({ preventScroll: true })
  }

  #render(answer: Answer, words: Words): void {
    const hadFocus = this.#root.activeElement !== null
    const isFramed = this.#frame?.isConnected && !this.#frame.matches('.note')
    const view = viewOf(answer, words, this.#isSigningIn)
    this.#view = view
    view.form?.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#submit(view, words)
    })
    view.field?.addEventListener('input', () => this.ready())
    view.other?.addEventListener('click', () => this.#turn(answer, words))
    if (!isFramed) this.#replaceFrame(this.#makeFrame(answer, words))
    this.#frame?.replaceChildren(...this.#closeButton(words), ...view.nodes, this.#status)
    this.#frame?.classList.toggle('opened', hadFocus)
    this.#count()
    if (this.isConnected) this.#raise()
    if (hadFocus) (view.field ?? view.heading).focus({ preventScroll: true })
  }

  /** From the offer to the e-mail form and back. */
  #turn(answer: Answer, words: Words): void {
    if (this.busy) return
    this.#isSigningIn = !this.#isSigningIn
    this.#render(answer, words)
    this.#frame?.classList.add('opened')
    ;(this.#view?.field ?? this.#view?.heading)?.focus()
  }

  #makeFrame({ wall }: Answer, words: Words): HTMLElement {
    const layout = wall?.layout ?? 'inline'
    const attributes = {
      part: `wall ${layout}`,
      'aria-labelledby': 'heading',
      ...dress(words),
    }
    if (layout !== 'overlay') return element('section', attributes)
    const dialog = element('dialog', {
      ...attributes,
      closedby: wall?.dismissible ? 'closerequest' : 'none',
    })
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      if (this.#answer?.wall?.dismissible) this.#dismiss()
    })
    return dialog
  }

  #replaceFrame(frame: HTMLElement): void {
    this.#lower()
    this.#frame?.remove()
    this.#frame = frame
    this.#root.append(frame)
  }

  #closeButton(words: Words): HTMLElement[] {
    if (!this.#answer?.wall?.dismissible) return []
    const close = element('button', { type: 'button', part: 'close', 'aria-label': words.close }, '×')
    close.addEventListener('click', () => this.#dismiss())
    return [close]
  }

  #dismiss(): void {
    if (this.onDismiss) {
      this.onDismiss()
      return
    }
    const { words } = this
    if (!words) return
    const cameFrom = this.#cameFrom
    const hadFocus = this.#root.activeElement !== null
    const { note, open } = noteView(words)
    this.#replaceFrame(note)
    open.addEventListener('click', () => {
      if (this.#answer) this.#render(this.#answer, words)
      this.#view?.heading.focus()
    })
    if (hadFocus) (cameFrom?.isConnected ? cameFrom : open).focus()
  }

  /** Brings a dialog to the front, keeps the page's end clear of a bar. */
  #raise(): void {
    const frame = this.#frame
    if (frame instanceof HTMLDialogElement && frame.isConnected && !frame.open) {
      frame.showModal()
      this.#view?.heading.focus({ preventScroll: true })
    }
    this.#releaseEdge()
    if (frame?.matches('.bar')) this.#releaseEdge = reserveEdge(frame)
  }

  #lower(): void {
    if (this.#frame instanceof HTMLDialogElement) this.#frame.close()
    this.#releaseEdge()
    this.#releaseEdge = () => {}
  }

  /** Keeps what follows the article below the screen's edge, where it was, so that it does not jump into view. */
  #fillViewport(): void {
    const room = Math.min(innerHeight, innerHeight - this.getBoundingClientRect().top)
    this.style.minBlockSize = `${room}px`
    // Whoever had read on past it would be left among what follows the article.
    if (this.getBoundingClientRect().bottom < 0) this.scrollIntoView({ behavior: 'instant' })
  }

  #submit({ field, button, message }: View, words: Words): void {
    const answer = this.#answer
    const frame = this.#frame
    if (this.busy || !answer || !field || !button) return
    if (frame?.matches('.bar:not(.opened)') && !this.#isSigningIn) {
      // A bar shows the terms when the reader first wants them.
      frame.classList.add('opened')
      field.focus()
      return
    }
    const isComplete = this.#isSigningIn ? emailPattern.test(field.value.trim()) : field.checked
    if (!isComplete) {
      this.#say(this.#isSigningIn ? words.signIn.refusals.invalid_request : words.tickFirst)
      field.setAttribute('aria-invalid', 'true')
      field.focus()
      return
    }
    this.busy = true
    message.textContent = ''
    button.setAttribute('aria-busy', 'true')
    button.textContent = this.#isSigningIn ? words.signIn.sending : words.opening
    this.#status.textContent = button.textContent
    if (this.#isSigningIn) this.onSignIn(field.value.trim())
    else if (answer.offer) this.onBuy(answer.offer)
  }

  #say(words = ''): void {
    if (this.#view) this.#view.message.textContent = words
  }

  #buttonWords(): string {
    return (this.#isSigningIn ? this.words?.signIn.send : this.#answer?.offer?.button) ?? ''
  }

  /** Counts down to the offer's end, and tells when it has come. */
  #count(): void {
    clearTimeout(this.#timer)
    const line = this.#frame?.querySelector('[role=timer]')
    const { offer, wall } = this.#answer ?? {}
    if (!line || !offer?.endsAt || !wall) return
    const leftMs = Date.parse(offer.endsAt) - this.now()
    const left = countdown(leftMs, wall.words.language)
    const words = left && wall.words.ends.replace('{time}', left)
    if (line.textContent !== words) line.textContent = words
    if (leftMs > 0) this.#timer = setTimeout(() => this.#count(), 1_000)
    else this.onEnd()
  }

  /** A live region is only heard when it changes while it is in the page. */
  #announce({ offer, wall }: Answer): void {
    // Of the dialog, which takes the focus, screen readers speak by themselves.
    if (wall?.layout === 'overlay') return
    setTimeout(() => {
      const heading = this.#view?.heading.textContent
      const price = offer && !this.#isSigningIn ? `: ${offer.price}.` : ''
      this.#status.textContent = `${wall?.words.closed} ${heading}${price}`
    }, announceAfterMs)
  }
}

/** Equal for two answers that look the same on the wall: the reader's tick stands. */
function substance({ reason, meter, wall, offer }: Answer): string {
  return JSON.stringify([reason, meter, wall, offer])
}
