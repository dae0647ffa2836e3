import type { Hub } from './hub.ts'
import type { Page } from './page.ts'
import { report } from './report.ts'

const timeoutMs = 20_000

/** The text of a page that holds the article's beginning only (`data-content-url`). */
export interface WithheldText {
  /** Fetches the rest with the grant, once, and puts it behind the beginning. Does nothing without a grant. */
  show(grant: string | null): Promise<void>
  /** Puts it into what the page has drawn anew. */
  redrawn(page: Page): void
}

export function createWithheldText({ page, hub }: { page: Page; hub: Hub }): WithheldText {
  let { contents } = page
  let rest: ChildNode[] | null = null
  return {
    async show(grant) {
      if (!page.contentUrl || !grant || rest) return
      rest = []
      try {
        rest = await textFrom(page.contentUrl, grant)
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

/** HTML of the publisher's own server. Scripts in it do not run. */
async function textFrom(url: string, grant: string): Promise<ChildNode[]> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${grant}` },
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`status ${response.status}`)
  const { body } = new DOMParser().parseFromString(await response.text(), 'text/html')
  return [...body.childNodes]
}
