import { attention, reachableAgain, shown } from './attention.ts'
import { type ClosedArticle, closeArticle } from './closed-article.ts'
import type { Hub } from './hub.ts'
import { writeMeterLine } from './meter-line.ts'
import { showNudge } from './nudge.ts'
import type { Page } from './page.ts'
import type { Answer } from './page-api.d.ts'
import { hasJustSubscribed } from './purchase-mark.ts'
import { report } from './report.ts'
import type { Outcome, Reading, Service } from './service.ts'
import { createWithheldText } from './withheld-text.ts'

/** A reader's visit to one article, from the first question until they go on to another page. */
export interface ArticleVisit {
  readonly page: Page
  /** Asks the service and shows what it says. Never rejects. */
  ask(): Promise<void>
  /** The page has drawn the same article anew. */
  redrawn(page: Page): void
  end(): void
}

export interface VisitParts {
  page: Page
  /** The page the reader came from. */
  referrer: string
  service: Service
  hub: Hub
}

/**
 * Asks at once whether the article opens, and counts it once the reader has turned to it (spec rule 5). What the count
 * says is what holds: if it is refused, the article closes (rule 6).
 */
export function visitArticle({ page, referrer, service, hub }: VisitParts): ArticleVisit {
  const ended = new AbortController()
  const { signal } = ended
  const article = articleOf(page)
  const text = createWithheldText({ page, hub, askAgain })
  let drawn = page
  let closed: ClosedArticle | null = null
  let removeNudge = () => {}
  let isCounting = false
  let turned: Promise<void> | null = null

  const reading = (): Reading => ({
    site: page.site,
    article,
    referrer: referrer || undefined,
    gift: new URLSearchParams(location.search).get('gift') ?? undefined,
    language: document.documentElement.lang.slice(0, 35) || undefined,
  })

  async function ask(): Promise<void> {
    await shown()
    if (signal.aborted) return
    turned ??= attention(signal)
    if (!closed) hub.state = { ...hub.state, phase: 'asking', article }
    settle(await service.access(reading()))
  }

  function settle(outcome: Outcome<Answer>): void {
    if (signal.aborted) return
    if (outcome.kind !== 'answer') {
      report(outcome, hub)
      if (!closed) stateIs('open', null)
    } else if (outcome.value.granted) open(outcome.value)
    else close(outcome.value)
  }

  function open(answer: Answer): void {
    closed?.open()
    closed = null
    stateIs('open', answer)
    if (hasJustSubscribed(answer)) hub.tell('subscribed', { article })
    // Of an article that is open already the line is true at once.
    if (answer.reason === 'reread') writeMeterLine(answer)
    if (!isCounting) void count()
  }

  async function askAgain(): Promise<Answer | null> {
    const again = await service.view(reading())
    return again.kind === 'answer' && again.value.granted ? again.value : null
  }

  async function count(): Promise<void> {
    isCounting = true
    // A text that the page does not have opens with the count and not before.
    if (!page.contentUrl) await turned
    let outcome = await service.view(reading())
    if (outcome.kind === 'unreachable' && !signal.aborted) {
      report(outcome, hub)
      await reachableAgain(signal)
      outcome = await service.view(reading())
    }
    if (signal.aborted) return
    if (outcome.kind !== 'answer') return report(outcome, hub)
    const answer = outcome.value
    if (!answer.granted) return close(answer)
    hub.state = { ...hub.state, answer }
    void text.show(answer)
    writeMeterLine(answer)
    if (answer.meter) hub.tell('meter', { article, meter: answer.meter })
    removeNudge()
    removeNudge = showNudge({ answer, service, hub, reading: reading() })
  }

  function close(answer: Answer): void {
    isCounting = false
    removeNudge()
    if (closed?.busy) return
    if (closed) closed.show(answer)
    else closed = closeArticle({ page: drawn, reading, service, hub, answer, ask })
    stateIs('closed', answer)
    if (answer.offer) hub.tell('offer', { article, offer: answer.offer, place: 'wall' })
  }

  function stateIs(phase: 'open' | 'closed', answer: Answer | null): void {
    hub.state = { phase, article, answer }
    if (phase === 'open') hub.tell('open', { article, answer })
    else if (answer) hub.tell('wall', { article, answer })
  }

  return {
    page,
    ask,
    redrawn(again) {
      drawn = again
      text.redrawn(again)
      closed?.redrawn(again)
    },
    end() {
      ended.abort()
      closed?.open()
      removeNudge()
      hub.state = { phase: 'idle', article: null, answer: null }
    },
  }
}

function articleOf({ id, section, tags, class: articleClass }: Page): Reading['article'] {
  return { id, section, tags, class: articleClass, url: location.origin + location.pathname }
}
