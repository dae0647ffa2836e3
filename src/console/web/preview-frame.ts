import type { Answer } from '../../browser/page-api.d.ts'
import { NewsrackWall } from '../../browser/wall.ts'
import './styles/preview.css'

/** What the form beside it sends whenever something has changed. */
export type Shown = { answer: Answer; at: string; theme: string }

customElements.define('newsrack-wall', NewsrackWall)
const page = document.getElementById('page')
let wall: NewsrackWall | null = null

/** An article with the wall that readers will meet, drawn by the component that readers get. */
function show({ answer, at, theme }: Shown): void {
  document.documentElement.dataset.theme = theme
  wall?.leave()
  wall = null
  if (page === null) return
  const isClosed = !answer.granted
  page.replaceChildren(...article(isClosed, answer))
  if (answer.wall === null && answer.nudge === null) return
  wall = new NewsrackWall()
  // Countdowns run from the time that is previewed.
  const shownAt = Date.now()
  wall.now = () => Date.parse(at) + Date.now() - shownAt
  wall.onBuy = () => wall?.ready()
  wall.onSignIn = () => wall?.ready()
  wall.show(asWall(answer))
  page.append(wall)
  wall.stand()
}

/** A nudge is the same component beside an article that stays open. */
function asWall(answer: Answer): Answer {
  const { wall: shown, nudge } = answer
  if (shown !== null || nudge === null) return answer
  return {
    ...answer,
    wall: { kind: 'subscription', layout: 'inline', dismissible: true, words: nudge.words },
  }
}

function article(isClosed: boolean, { meter }: Answer): HTMLElement[] {
  const paragraphs = [
    'The tide was still out when the council met on the old pier to decide what the harbor should become.',
    'By noon the first boats had turned back, and with them the question of who would pay for the new quay.',
    'Nobody had expected the vote to be close. It was decided by a single hand, and by the weather.',
  ]
  const line = element('p', meter?.words?.left ?? '', 'meter')
  return [
    element('p', 'The Harbor', 'section'),
    element('h1', 'A Quay for Everyone, at Whose Expense?'),
    ...(meter?.words ? [line] : []),
    ...paragraphs.slice(0, isClosed ? 1 : 3).map((words) => element('p', words, isClosed ? 'fading' : '')),
  ]
}

function element(name: string, words: string, className = ''): HTMLElement {
  const made = document.createElement(name)
  made.textContent = words
  made.className = className
  return made
}

window.addEventListener('message', ({ origin, source, data }: MessageEvent<Shown>) => {
  if (origin !== location.origin || source !== window.parent) return
  show(data)
  window.parent.postMessage('shown', location.origin)
})
window.parent.postMessage('ready', location.origin)
