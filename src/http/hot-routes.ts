import type { RequestListener } from 'node:http'
import type { AnswerFailure } from './failure.ts'
import type { Route } from './route.ts'

/**
 * Answers the routes that every opened article calls before Express is asked, whose own work is a good part of what
 * such a request would cost (docs/benchmarks.md: an Express that only says hello).
 */
export function hotRoutesFirst(options: {
  hot: readonly Route[]
  others: RequestListener
  answerFailure: AnswerFailure
}): RequestListener {
  const { hot, others, answerFailure } = options
  const handlers = new Map(hot.map(({ path, handle }) => [path, handle]))
  return (request, response) => {
    const handle = request.method === 'POST' ? handlers.get(request.url ?? '') : undefined
    if (handle === undefined) return others(request, response)
    handle(request, response)?.catch((error) => answerFailure(error, request, response))
  }
}
