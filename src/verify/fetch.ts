import { createGrantVerifier, type GrantVerifierOptions, type GuardedArticle } from './grant-verifier.ts'
import { bearerToken, refusalOf } from './refusal.ts'

export type { GrantVerifierOptions, GuardedArticle } from './grant-verifier.ts'

/**
 * For runtimes that speak the Fetch standard: Cloudflare Workers, Deno, Fastly, Next.js. Answers null when the request
 * carries a grant for this article, or else the response that refuses it. Make one for all requests: it keeps the keys.
 */
export function grantGuard(
  options: GrantVerifierOptions,
): (request: Request, article: GuardedArticle) => Promise<Response | null> {
  const verify = createGrantVerifier(options)
  return async (request, article) => {
    const verdict = await verify(bearerToken(request.headers.get('authorization')), article)
    if (verdict.opens) return null
    const { body, ...init } = refusalOf(verdict)
    return new Response(body, init)
  }
}
