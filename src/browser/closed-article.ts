import { buy } from './buy.ts'
import { foldArticle } from './fold.ts'
import type { Hub } from './hub.ts'
import type { Page } from './page.ts'
import type { Answer } from './page-api.d.ts'
import type { Reading, Service } from './service.ts'
import { signIn } from './sign-in.ts'
import { NewsrackWall } from './wall.ts'

const askAgainAfterMs = 10_000

export interface Closing {
  page: Page
  reading: () => Reading
  service: Service
  hub: Hub
  answer: Answer
  /** Asks the service once more and shows what it says. */
  ask: () => Promise<void>
}

export interface ClosedArticle {
  readonly busy: boolean
  /** Shows another refusal, or the same one again. */
  show(answer: Answer): void
  /** Closes what the page has drawn anew. */
  redrawn(page: Page): void
  open(): void
}

/**
 * Folds a refused article and stands a wall behind its beginning. Whenever the reader comes back to the page,
 * perhaps from buying in another tab, the service is asked again.
 */
export function closeArticle({ page, reading, service, hub, answer, ask }: Closing): ClosedArticle {
  const wall = new NewsrackWall()
  wall.now = service.now
  wall.onBuy = (offer) => buy({ offer, wall, service, hub, reading: reading(), askAgain: ask })
  wall.onSignIn = (email) => signIn({ email, wall, service, reading: reading() })
  wall.onEnd = ask
  // First the words, then the fold: if an answer cannot be shown, the article is still open.
  wall.show(answer)
  const fold = foldArticle(page.contents, page.contentUrl !== undefined)
  stand(page)

  const closed = new AbortController()
  const { signal } = closed
  let askedAt = Number.NEGATIVE_INFINITY
  document.addEventListener('visibilitychange', comeBack, { signal })
  window.addEventListener('pageshow', comeBackFromCache, { signal })

  function stand({ contents }: Page): void {
    contents[0]?.after(wall)
    wall.stand()
  }

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
    await ask()
  }

  return {
    get busy() {
      return wall.busy
    },
    show: (refused) => wall.show(refused),
    redrawn(drawn) {
      fold.again(drawn.contents)
      if (drawn.contents[0]?.nextElementSibling !== wall) stand(drawn)
    },
    open() {
      closed.abort()
      wall.leave()
      fold.undo()
    },
  }
}
