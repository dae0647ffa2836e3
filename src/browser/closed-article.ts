import { buy } from './buy.ts'
import { foldArticle } from './fold.ts'
import type { Page } from './page.ts'
import type { Answer, Service } from './service.ts'
import { NewsrackWall } from './wall.ts'

const askAgainAfterMs = 10_000

export interface Closing {
  page: Page
  content: Element
  service: Service
  answer: Answer
  /** Hears of the answer that has opened the article. */
  onOpen: (answer: Answer) => void
}

/**
 * Folds a refused article and stands a wall behind its beginning. Whenever the reader comes back to the page,
 * perhaps from buying in another tab, it asks again and opens the article once the service grants it.
 */
export function closeArticle({ page, content, service, answer, onOpen }: Closing): void {
  const wall = new NewsrackWall()
  wall.onBuy = (offer) => buy({ offer, wall, service, site: page.site, askAgain })
  // First the words, then the fold: if an answer cannot be shown, the article is still open.
  wall.show(answer)
  const unfold = foldArticle(content)
  content.after(wall)
  wall.fillViewport()

  const closed = new AbortController()
  const { signal } = closed
  let askedAt = Number.NEGATIVE_INFINITY
  document.addEventListener('visibilitychange', comeBack, { signal })
  window.addEventListener('pageshow', comeBackFromCache, { signal })

  function comeBackFromCache(event: PageTransitionEvent): void {
    if (!event.persisted) return
    // The checkout that was opening when the reader left is no longer.
    wall.ready()
    void comeBack()
  }

  async function comeBack(): Promise<void> {
    if (document.visibilityState === 'hidden' || wall.busy) return
    if (performance.now() - askedAt < askAgainAfterMs) return
    askedAt = performance.now()
    const refused = await askAgain()
    // If the reader has pressed the button meanwhile, the wall waits for the checkout.
    if (refused && !wall.busy) wall.show(refused)
  }

  async function askAgain(): Promise<Answer | null> {
    const asked = await service.access(page.reading())
    if (asked.kind !== 'answer') return null
    if (!asked.value.granted) return asked.value
    // Asking counted nothing (spec rule 5), so the view is committed now; its answer is the one that holds.
    const viewed = await service.view(page.reading())
    if (viewed.kind === 'answer' && !viewed.value.granted) return viewed.value
    open()
    if (viewed.kind === 'answer') onOpen(viewed.value)
    return null
  }

  function open(): void {
    closed.abort()
    wall.remove()
    unfold()
  }
}
