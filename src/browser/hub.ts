import type { Newsrack, NewsrackEvents, NewsrackState } from './page-api.d.ts'

/** What the script tells the page's own scripts. */
export interface Hub {
  tell<Name extends keyof NewsrackEvents>(event: Name, detail: NewsrackEvents[Name]): void
  state: NewsrackState
}

/**
 * Makes `window.newsrack` of what waits there. `ask` asks the service again. Null if another copy of the script has done
 * so already.
 */
export function openHub(ask: () => Promise<void>): Hub | null {
  const waiting = window.newsrack
  if (waiting && 'on' in waiting) return null
  // A mistake in a page's own listener is reported as any other, and holds nothing up.
  const events = new EventTarget()
  const hub: Hub = {
    state: { phase: 'idle', article: null, answer: null },
    tell: (event, detail) => void events.dispatchEvent(new CustomEvent(event, { detail })),
  }
  const newsrack: Newsrack = {
    on(event, listener) {
      const hear = (told: Event) => told instanceof CustomEvent && listener(told.detail)
      events.addEventListener(event, hear)
      return () => events.removeEventListener(event, hear)
    },
    get state() {
      return hub.state
    },
    async ask() {
      await ask()
      return hub.state
    },
    push: (use) => queueMicrotask(() => use(newsrack)),
  }
  window.newsrack = newsrack
  if (Array.isArray(waiting)) waiting.forEach(newsrack.push)
  return hub
}
