import type { Hub } from './hub.ts'
import type { Page } from './page.ts'
import { report } from './report.ts'

const timeoutMs = 20_000

/** The text of a page that holds the article's beginning only (`data-content-url`). */
export interface WithheldText {
  /** Fetches the rest with the grant and puts it behind the beginning, once. Does nothing without a grant. */
  show(grant: string | null): Promise<void>
}

export function createWithheldText(parts: { page: Page; signal: AbortSignal; hub: Hub }): WithheldText {
  const { page, signal, hub } = parts
  let isShown = false
  return {
    async show(grant) {
      const [content] = page.contents
      if (!page.contentUrl || !content || !grant || isShown) return
      isShown = true
      try {
        const rest = await textFrom(page.contentUrl, grant)
        if (!signal.aborted) content.append(...rest)
      } catch (reason) {
        isShown = false
        report({ kind: 'unreachable', detail: `data-content-url: ${reason}` }, hub)
      }
    },
  }
}

/** HTML of the publisher's own server. Scripts in it do not run. */
async function textFrom(url: string, grant: string): Promise<NodeListOf<ChildNode>> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${grant}` },
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`status ${response.status}`)
  return new DOMParser().parseFromString(await response.text(), 'text/html').body.childNodes
}
