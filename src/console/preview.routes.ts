import { z } from 'zod'
import type { CrawlerCheck } from '../exemptions/crawlers.ts'
import { Problem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import { answerSchema } from '../paywall/answer.ts'
import { explanationSchema } from '../paywall/explanation.ts'
import { checkLists } from '../publishing/check-lists.ts'
import { entryAt, entrySchema, keyOf, type Lists, listsFrom, withEntry } from '../publishing/entries.ts'
import { readEntry } from '../publishing/read-entry.ts'
import type { VersionStore } from '../publishing/version-store.ts'
import type { IdentifyActor } from './actor.ts'
import { consoleRoute, noQuery } from './console-route.ts'
import type { Drafts } from './drafts.ts'
import { preview, situationSchema } from './preview.ts'

export type PreviewRoutesParts = {
  identify: IdentifyActor
  drafts: Drafts
  versions: VersionStore
  serviceUrl: URL
  crawlers: CrawlerCheck
  now: () => number
}

const previewSchema = situationSchema.extend({
  draft: z.string().optional().describe('The draft that is looked at; the newest version if left out'),
  unsaved: z
    .array(z.strictObject({ kind: z.string(), key: z.string().nullable(), entry: entrySchema }))
    .max(50)
    .default([])
    .describe('Entries as they stand in an open form; `key` is null for a new one'),
})

const previewAnswerSchema = z.object({
  answer: answerSchema.describe('As /v1/views would answer'),
  why: explanationSchema,
})

/** What readers will meet, before anybody meets it. */
export function previewRoutes(parts: PreviewRoutesParts): Route[] {
  const { identify, drafts, versions, serviceUrl, crawlers, now } = parts
  return [
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/preview',
      summary: 'What would such a reader meet at that time?',
      description: 'The real answer, computed from a draft. Nothing is kept and nobody is counted.',
      role: 'viewer',
      body: previewSchema,
      query: noQuery,
      answer: { description: 'The answer, and why', body: previewAnswerSchema },
      problems: ['not_found', 'unknown_site', 'draft_invalid'],
      async handle({ body }) {
        const { draft: id, unsaved, ...situation } = body
        const latest = await drafts.latest()
        const draft = id === undefined ? null : await drafts.find(id)
        if (draft instanceof Problem) return draft
        const lists = withUnsaved(draft === null ? listsFrom(latest.configuration) : draft.lists, unsaved)
        if (lists instanceof Problem) return lists
        const checked = checkLists(lists, { firstStartedAt: await versions.firstStart(now()) })
        if ('problems' in checked) {
          const { problems } = checked
          return new Problem('draft_invalid', 'It does not validate, so nobody can meet it.', {
            more: { problems },
          })
        }
        const version = draft?.base ?? latest.number
        const { configuration } = checked
        return preview(situation, { configuration, version, serviceUrl, crawlers, now: now() })
      },
    }),
  ]
}

function withUnsaved(lists: Lists, unsaved: z.output<typeof previewSchema>['unsaved']): Lists | Problem {
  let all = lists
  for (const { kind, key, entry: input } of unsaved) {
    const entry = readEntry(all, kind, input)
    if (entry instanceof Problem) return entry
    const at = key ?? keyOf(kind, entry)
    all =
      entryAt(all, { kind, key: at }) === null
        ? withEntry(all, { kind, entry })
        : withEntry(all, { kind, entry, at })
  }
  return all
}
