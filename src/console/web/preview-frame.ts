import { foldArticle } from '../../browser/fold.ts'
import { nudgeWall } from '../../browser/nudge-wall.ts'
import type { Answer } from '../../browser/page-api.d.ts'
import { NewsrackWall } from '../../browser/wall.ts'
import './styles/preview.css'

/** What the form beside it sends whenever something has changed. */
export type Shown = { answer: Answer; at: string; theme: string }

customElements.define('newsrack-wall', NewsrackWall)
const page = document.getElementById('page')
let undo = () => {}

/** An article with the wall or the nudge that readers will meet, drawn by the components that readers get. */
function show({ answer, at, theme }: Shown): void {
  document.documentElement.dataset.theme = theme
  undo()
  undo = () => {}
  if (page === null) return
  const text = article()
  page.replaceChildren(...head(answer), text)
  // Countdowns run from the time that is previewed.
  const shownAt = Date.now()
  const now = () => Date.parse(at) + Date.now() - shownAt
  undo = answer.granted ? nudge(answer, now) : close(text, answer, now)
}

/** A bar along the lower edge of the window, as on an article that stays open. */
function nudge(answer: Answer, now: () => number): () => void {
  if (answer.nudge === null) return () => {}
  const wall = nudgeWall(answer, answer.nudge, now)
  document.body.append(wall)
  stand(wall)
  return () => wall.leave()
}

/** Only its beginning is left, with the wall behind it. */
function close(text: HTMLElement, answer: Answer, now: () => number): () => void {
  const wall = new NewsrackWall()
  wall.now = now
  wall.show(answer)
  const fold = foldArticle([text], false)
  text.after(wall)
  stand(wall)
  return () => {
    wall.leave()
    fold.undo()
  }
}

/** Nobody buys or signs in here. */
function stand(wall: NewsrackWall): void {
  wall.onBuy = () => wall.ready()
  wall.onSignIn = () => wall.ready()
  wall.stand()
}

function head({ meter }: Answer): HTMLElement[] {
  return [
    element('p', 'The Harbor', 'section'),
    element('h1', 'A Quay for Everyone, at Whose Expense?'),
    ...(meter?.words ? [element('p', meter.words.left, 'meter')] : []),
  ]
}

function article(): HTMLElement {
  const text = document.createElement('article')
  const paragraphs = [
    'The tide was still out when the council met on the old pier to decide what the harbor should become.',
    'By noon the first boats had turned back, and with them the question of who would pay for the new quay.',
    'Nobody had expected the vote to be close. It was decided by a single hand, and by the weather.',
  ]
  text.append(...paragraphs.map((words) => element('p', words)))
  return text
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
