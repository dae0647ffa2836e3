import { report } from './report.ts'
import type { Answer } from './service.ts'

const timeoutMs = 20_000

/** The text of a page that holds the article's beginning only (`data-content-url`). */
export interface WithheldText {
  /** Fetches the rest with the grant of an answer and puts it behind the beginning, once. */
  show(answer: Answer): Promise<void>
}

/** `askAgain` gets a fresh grant for one that has ended; null if the article does not open any more. */
export function createWithheldText(parts: {
  url: string
  content: Element
  askAgain: () => Promise<Answer | null>
}): WithheldText {
  const { url, content, askAgain } = parts
  let isShown = false

  /** A grant lives for some minutes only, and a computer that slept on the way may be late. */
  async function fetchText(answer: Answer): Promise<Response> {
    const response = await ask(url, answer)
    const fresh = response.status === 401 ? await askAgain() : null
    return fresh ? ask(url, fresh) : response
  }

  return {
    async show(answer) {
      if (isShown) return
      isShown = true
      try {
        const response = await fetchText(answer)
        if (!response.ok) throw new Error(`status ${response.status}`)
        content.append(...nodesOf(await response.text()))
      } catch (reason) {
        isShown = false
        report({ kind: 'unreachable', detail: `data-content-url: ${reason}` })
      }
    },
  }
}

function ask(url: string, { grant }: Answer): Promise<Response> {
  return fetch(url, {
    headers: grant ? { authorization: `Bearer ${grant}` } : {},
    signal: AbortSignal.timeout(timeoutMs),
  })
}

/** HTML of the publisher's own server. Scripts in it do not run. */
function nodesOf(text: string): NodeListOf<ChildNode> {
  return new DOMParser().parseFromString(text, 'text/html').body.childNodes
}
