const visibleMs = 2_000
const signs = ['scroll', 'pointerdown', 'keydown'] as const

/**
 * Resolves once a person has turned to the page: it was in sight for two seconds on end, or they scrolled, tapped or
 * pressed a key. Never resolves after the signal.
 */
export function attention(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const noticed = new AbortController()
    let timer: number | undefined
    const stop = () => {
      clearTimeout(timer)
      noticed.abort()
    }
    const notice = () => {
      if (document.visibilityState === 'hidden') return
      stop()
      resolve()
    }
    const watch = () => {
      clearTimeout(timer)
      if (document.visibilityState !== 'hidden') timer = setTimeout(notice, visibleMs)
    }
    const options = { signal: noticed.signal, capture: true }
    for (const sign of signs) document.addEventListener(sign, notice, options)
    document.addEventListener('visibilitychange', watch, options)
    signal.addEventListener('abort', stop, { once: true })
    watch()
  })
}

/** Resolves once a person can see the page: a prerendered or background tab is not being read. */
export async function shown(): Promise<void> {
  if (document.prerendering) await happened(document, 'prerenderingchange')
  while (document.visibilityState === 'hidden') await happened(document, 'visibilitychange')
}

/** Resolves once the document is there, before scripts that were put off: an async script may run earlier. */
export async function parsed(): Promise<void> {
  while (document.readyState === 'loading') await happened(document, 'readystatechange')
}

/** Resolves when the connection is back, or when the reader comes back to the page. */
export async function reachableAgain(signal: AbortSignal): Promise<void> {
  const waiting = new AbortController()
  signal.addEventListener('abort', () => waiting.abort(), { once: true })
  await Promise.race([
    happened(window, 'online', waiting.signal),
    happened(document, 'visibilitychange', waiting.signal).then(shown),
  ])
  waiting.abort()
}

function happened(target: EventTarget, event: string, signal?: AbortSignal): Promise<unknown> {
  return new Promise((resolve) =>
    target.addEventListener(event, resolve, { once: true, ...(signal && { signal }) }),
  )
}

declare global {
  interface Document {
    /** Not in the DOM library yet; browsers without prerendering leave it out. */
    readonly prerendering?: boolean
  }
}
