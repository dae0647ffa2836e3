import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import { auditEntrySchema } from '../publishing/audit.ts'
import { changeSchema, changesBetween } from '../publishing/changes.ts'
import type { DraftStore } from '../publishing/draft-store.ts'
import { listsFrom, listsSchema } from '../publishing/entries.ts'
import type { Publisher } from '../publishing/publisher.ts'
import type { Version, VersionStore } from '../publishing/version-store.ts'
import type { IdentifyActor } from './actor.ts'
import { auditPage } from './audit-page.ts'
import { consoleRoute, noBody, noQuery } from './console-route.ts'
import { entryAnswerSchema, entryAnswers, iso } from './draft-answer.ts'
import { whySchema } from './drafts.routes.ts'
import { entryFilterSchema, fits } from './entries.routes.ts'
import { versionAnswer, versionAnswerSchema } from './version-answer.ts'

export type VersionRoutesParts = {
  identify: IdentifyActor
  versions: VersionStore
  drafts: DraftStore
  publisher: Publisher
}

const pageSchema = z.strictObject({
  before: z.coerce
    .number()
    .int()
    .min(1)
    .default(Number.MAX_SAFE_INTEGER)
    .describe('Only those before this number'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

const auditAnswerSchema = auditEntrySchema
  .omit({ atMs: true })
  .extend({ at: z.iso.datetime() })
  .describe('A note of the journal')

/** What was published, by whom and why; and everything that was done. */
export function versionRoutes({ identify, versions, drafts, publisher }: VersionRoutesParts): Route[] {
  async function versionOf(text: string): Promise<Version | Problem> {
    const number = text === 'current' ? await versions.latestNumber() : Number(text)
    const version = Number.isSafeInteger(number) ? await versions.version(number) : null
    return version ?? new Problem('not_found', `There is no version ${text}.`)
  }

  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/versions',
      summary: 'The published versions',
      role: 'viewer',
      body: noBody,
      query: pageSchema,
      answer: {
        description: 'The newest first; the first of the first page rules',
        body: z.object({ versions: z.array(versionAnswerSchema) }),
      },
      handle: async ({ query }) => ({ versions: (await versions.versions(query)).map(versionAnswer) }),
    }),
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/versions/:version',
      summary: 'A version and all it says',
      description: 'By its number, or `current`. The configuration is as the files have it.',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: {
        description: 'The version',
        body: versionAnswerSchema.extend({ configuration: listsSchema }),
      },
      problems: ['not_found'],
      async handle({ param }) {
        const version = await versionOf(param('version'))
        if (version instanceof Problem) return version
        return { ...versionAnswer(version), configuration: listsFrom(version.configuration) }
      },
    }),
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/versions/:version/entries',
      summary: 'The entries of a version',
      role: 'viewer',
      body: noBody,
      query: entryFilterSchema,
      answer: {
        description: 'In the order in which they count, the archived ones last',
        body: z.object({ version: z.int(), entries: z.array(entryAnswerSchema) }),
      },
      problems: ['not_found'],
      async handle({ param, query }) {
        const version = await versionOf(param('version'))
        if (version instanceof Problem) return version
        const lists = listsFrom(version.configuration)
        const entries = entryAnswers({ lists, archive: version.archive, base: lists, problems: [] })
        return { version: version.number, entries: entries.filter((entry) => fits(entry, query)) }
      },
    }),
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/versions/:version/changes',
      summary: 'What a version changed',
      role: 'viewer',
      body: noBody,
      query: z.strictObject({
        since: z.coerce.number().int().min(0).optional().describe('Another version than the one before'),
      }),
      answer: {
        description: 'In plain words',
        body: z.object({ version: z.int(), since: z.int(), changes: z.array(changeSchema) }),
      },
      problems: ['not_found'],
      async handle({ param, query }) {
        const version = await versionOf(param('version'))
        if (version instanceof Problem) return version
        const since = query.since ?? version.number - 1
        const before = since === 0 ? null : await versionOf(String(since))
        if (before instanceof Problem) return before
        const changes = changesBetween(
          listsFrom(before?.configuration ?? {}),
          listsFrom(version.configuration),
        )
        return { version: version.number, since, changes }
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/versions/:version/restore',
      summary: 'Roll back: publish what an older version says',
      description: 'As a new version, at once. Nothing that came between is lost.',
      role: 'publisher',
      body: z.strictObject({ why: whySchema }),
      query: noQuery,
      answer: { description: 'The new version', body: versionAnswerSchema },
      problems: ['not_found', 'nothing_changed', 'draft_invalid', 'draft_changed', 'payments_unavailable'],
      async handle({ actor, body, param }) {
        const old = await versionOf(param('version'))
        if (old instanceof Problem) return old
        const restored = await publisher.rollBack(old.number, { by: actor.author, why: body.why })
        return restored instanceof Problem ? restored : versionAnswer(restored)
      },
    }),
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/audit',
      summary: 'Who changed what, when and why',
      description: 'Nothing in it is ever altered. A note has the entry as it was and as it became.',
      role: 'viewer',
      body: noBody,
      query: pageSchema.extend({
        draft: z.string().optional().describe('Only about this draft'),
        kind: z.string().optional().describe('Only about entries of this kind'),
        key: z.string().optional().describe('Only about entries of this key'),
      }),
      answer: {
        description: 'The newest first; `next` goes on from there as `before`, null at the end',
        body: z.object({ notes: z.array(auditAnswerSchema), next: z.int().nullable() }),
      },
      async handle({ query }) {
        const { notes, next } = await auditPage(drafts, query)
        return { notes: notes.map(({ atMs, ...note }) => ({ ...note, at: iso(atMs) })), next }
      },
    }),
  ]
}
