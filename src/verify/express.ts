import { createGrantVerifier, type GrantVerifierOptions, type GuardedArticle } from './grant-verifier.ts'
import { bearerToken, refusalOf, textHeaders } from './refusal.ts'

export type { GrantVerifierOptions, GuardedArticle } from './grant-verifier.ts'

/** As much of Express's (and of `node:http`'s) response as is used. */
type ServerResponse = {
  statusCode: number
  setHeader(name: string, value: string): unknown
  end(body: string): unknown
}

/**
 * Middleware for Express 4 and 5, and whatever else takes `(request, response, next)`. Lets a request on when it carries
 * a grant for the article that `articleOf` says it asks for, and refuses it otherwise; what `articleOf` knows nothing
 * of (null) goes on without one, for the next handler to say that there is nothing. Make one for all requests: it keeps
 * the keys.
 */
export function grantGuard<Request extends { headers: { authorization?: string | undefined } }>(
  options: GrantVerifierOptions & { articleOf: (request: Request) => GuardedArticle | null },
): (request: Request, response: ServerResponse, next: (error?: unknown) => void) => void {
  const { articleOf } = options
  const verify = createGrantVerifier(options)

  async function guard(request: Request, response: ServerResponse): Promise<boolean> {
    const article = articleOf(request)
    if (article === null) return true
    const verdict = await verify(bearerToken(request.headers.authorization), article)
    if (verdict.opens) {
      setHeaders(response, textHeaders)
      return true
    }
    const { status, headers, body } = refusalOf(verdict)
    response.statusCode = status
    setHeaders(response, headers)
    response.end(body)
    return false
  }

  return (request, response, next) => {
    guard(request, response).then((goOn) => {
      if (goOn) next()
    }, next)
  }
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}
