import type { Hub } from './hub.ts'
import type { Page } from './page.ts'
import type { Answer } from './page-api.d.ts'
import { report } from './report.ts'

const timeoutMs = 20_000

/** The text of a page that holds the article's beginning only (`data-content-url`). */
export interface WithheldText {
  /** Fetches the rest with the grant of an answer, once, and puts it behind the beginning. */
  show(answer: Answer): Promise<void>
  /** Puts it into what the page has drawn anew. */
  redrawn(page: Page): void
}

/** `askAgain` gets a fresh grant for one that has ended; null if the article does not open any more. */
export function createWithheldText({
  page,
  hub,
  askAgain,
}: {
  page: Page
  hub: Hub
  askAgain: () => Promise<Answer | null>
}): WithheldText {
  let { contents } = page
  let rest: ChildNode[] | null = null
  return {
    async show(answer) {
      if (!page.contentUrl || rest) return
      rest = []
      try {
        rest = await textFrom(page.contentUrl, answer, askAgain)
        contents[0]?.append(...rest)
      } catch (reason) {
        rest = null
        report({ kind: 'unreachable', detail: `data-content-url: ${reason}` }, hub)
      }
    },
    redrawn(drawn) {
      if (rest && drawn.contents[0] !== contents[0]) drawn.contents[0]?.append(...rest)
      contents = drawn.contents
    },
  }
}

/**
 * HTML of the publisher's own server. Scripts in it do not run. A grant lives for some minutes only, and a computer that
 * slept on the way may be late.
 */
async function textFrom(
  url: string,
  answer: Answer,
  askAgain?: () => Promise<Answer | null>,
): Promise<ChildNode[]> {
  const response = await fetch(url, {
    headers: answer.grant ? { authorization: `Bearer ${answer.grant}` } : {},
    signal: AbortSignal.timeout(timeoutMs),
  })
  const fresh = response.status === 401 ? await askAgain?.() : null
  if (fresh) return textFrom(url, fresh)
  if (!response.ok) throw new Error(`status ${response.status}`)
  const { body } = new DOMParser().parseFromString(await response.text(), 'text/html')
  return [...body.childNodes]
}
