import { attempt } from './attempt.ts'

const key = 'newsrack-reader'
const issuedMark = 'issued'

export interface TokenStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** One request's share in finding out whether the browser keeps the reader's cookie. */
export interface TokenExchange {
  /** Headers to send along. */
  headers: Record<string, string>
  /**
   * Tell it the `Newsrack-Reader` header of a successful answer, null if there was none. `isKept`: the service has just
   * set its cookie on a page of its own, so that a new token is proof of a browser that does not send it here.
   */
  answered(token: string | null, isKept?: boolean): void
}

/**
 * Keeps the reader's token for browsers that keep no cookie, and only for them: a script of the page could read
 * it. A first token leaves just a mark. If a request sent after that brings a new token again, the cookie did
 * not come back, and this token is kept and sent from then on. If it brings none, the cookie works and the mark
 * goes. A request that was under way before the mark proves nothing: two tabs may have opened at once.
 */
export function readerToken(storage: () => TokenStorage): () => TokenExchange {
  return () => {
    const before = attempt(() => storage().getItem(key))
    return {
      headers: before && before !== issuedMark ? { authorization: `Bearer ${before}` } : {},
      answered(token, isKept) {
        attempt(() => {
          if (token) storage().setItem(key, before || isKept ? token : issuedMark)
          else if (before === issuedMark) storage().removeItem(key)
        })
      },
    }
  }
}
