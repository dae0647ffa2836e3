import type { Hub } from './hub.ts'
import type { Page } from './page.ts'
import { report } from './report.ts'

const timeoutMs = 20_000

/** The text of a page that holds the article's beginning only (`data-content-url`). */
export interface WithheldText {
  /** Fetches the rest with the grant and puts it behind the beginning, once. Does nothing without a grant. */
  show(grant: string | null): Promise<void>
}

/** `freshGrant` gets another for a grant that has ended, for it lives for some minutes only; null if it gets none. */
export function createWithheldText(parts: {
  page: Page
  signal: AbortSignal
  hub: Hub
  freshGrant: () => Promise<string | null>
}): WithheldText {
  const { page, signal, hub, freshGrant } = parts
  let isShown = false
  return {
    async show(grant) {
      const [content] = page.contents
      if (!page.contentUrl || !content || !grant || isShown) return
      isShown = true
      try {
        let response = await ask(page.contentUrl, grant)
        if (response.status === 401) response = await ask(page.contentUrl, await freshGrant())
        if (!response.ok) throw new Error(`status ${response.status}`)
        const rest = new DOMParser().parseFromString(await response.text(), 'text/html')
        if (!signal.aborted) content.append(...rest.body.childNodes)
      } catch (reason) {
        isShown = false
        report({ kind: 'unreachable', detail: `data-content-url: ${reason}` }, hub)
      }
    },
  }
}

/** HTML of the publisher's own server. Scripts in it do not run. */
function ask(url: string, grant: string | null): Promise<Response> {
  return fetch(url, {
    headers: { authorization: `Bearer ${grant}` },
    signal: AbortSignal.timeout(timeoutMs),
  })
}
