import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import { articleSchema } from '../paywall/article.ts'
import { type DecisionStore, recordedDecisionSchema } from '../paywall/decision-store.ts'
import type { IdentifyActor } from './actor.ts'
import { consoleRoute, noBody, noQuery } from './console-route.ts'

const decisionSchema = recordedDecisionSchema
  .pick({ id: true, counted: true, answer: true, offer: true })
  .extend({
    at: z.iso.datetime(),
    explain: z
      .object({
        site: z.string(),
        article: articleSchema,
        reader: z.object({ newsrackId: z.string(), registered: z.boolean() }),
      })
      .describe('Send this to POST /v1/console/explain, which tells in sentences why'),
  })
  .describe('A decision of the last quarter of an hour')

/** From the id that an answer bore back to who opened what. */
export function decisionRoutes({
  identify,
  decisions,
}: {
  identify: IdentifyActor
  decisions: DecisionStore
}): Route[] {
  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/decisions/:decision',
      summary: 'What was answered, to whom, about which article',
      description:
        'By the `decision` of an answer, for a quarter of an hour. Each process keeps up to twenty refused and twenty granted ' +
        'decisions a second; where a paper has more, some are not there.',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: { description: 'The decision', body: decisionSchema },
      problems: ['not_found'],
      async handle({ param }) {
        const found = await decisions.decision(param('decision'))
        if (found === null)
          return new Problem('not_found', 'This decision is not kept, or no longer. Ask by the reader.')
        const { id, atMs, site, reader, registered, article, counted, answer, offer } = found
        const newsrackId = reader.slice(site.length + 1)
        const explain = { site, article, reader: { newsrackId, registered } }
        return { id, at: new Date(atMs).toISOString(), counted, answer, offer, explain }
      },
    }),
  ]
}
