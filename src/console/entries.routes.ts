import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import type { Draft } from '../publishing/draft.ts'
import {
  addEntry,
  archiveEntry,
  changeEntry,
  duplicateEntry,
  moveEntry,
  removeEntry,
  restoreEntry,
} from '../publishing/edit-entry.ts'
import { entrySchema, type Place } from '../publishing/entries.ts'
import { idSchema } from '../publishing/id.ts'
import type { IdentifyActor } from './actor.ts'
import { type Asked, consoleRoute, noBody, noQuery } from './console-route.ts'
import { type EntryAnswer, entryAnswerSchema, entryAnswers, problemsOf } from './draft-answer.ts'
import { whySchema } from './drafts.routes.ts'
import type { Drafts } from './drafts.ts'

const entryInput = entrySchema.describe('As the schema of its kind says: GET /v1/console/kinds')
const etagSchema = z.string().max(64).describe('Of the entry as its editor saw it')

const changed = z
  .object({ revision: z.int().describe('The draft’s new revision'), entry: entryAnswerSchema.nullable() })
  .describe('The entry as it is now; null where it is gone')

export const entryFilterSchema = z.strictObject({
  kind: z.string().optional().describe('Only of this kind'),
  site: z.string().optional().describe('Only of this site, and what belongs to every site'),
  q: z.string().max(200).optional().describe('Only those in which this text occurs'),
})

const refusals = ['not_found', 'draft_closed', 'draft_scheduled', 'draft_changed'] as const

/** The entries of a draft: offers, meters, walls … one by one. Two editors may work at once; who comes second is told. */
export function entryRoutes({ identify, drafts }: { identify: IdentifyActor; drafts: Drafts }): Route[] {
  const one = '/v1/console/drafts/:draft/entries/:kind/:key'

  async function entriesOf(draft: Draft): Promise<EntryAnswer[]> {
    const { base, firstStartedAt } = await drafts.groundOf(draft)
    const problems = problemsOf(draft.lists, firstStartedAt)
    return entryAnswers({ lists: draft.lists, archive: draft.archive, base, problems })
  }

  /** Changes the draft and answers with the entry; `key` may be another one after it. */
  async function change(
    { param }: Pick<Asked<unknown, unknown>, 'param'>,
    edit: Parameters<Drafts['change']>[1],
  ) {
    let place: Place = { kind: param('kind'), key: param('key') }
    const draft = await drafts.change(param('draft'), async (before) => {
      const edited = await edit(before)
      if (!(edited instanceof Problem) && edited.note.subject !== null) place = edited.note.subject
      return edited
    })
    if (draft instanceof Problem) return draft
    const entries = await entriesOf(draft)
    const entry = entries.find(
      ({ kind, key, archived }) => kind === place.kind && key === place.key && !archived,
    )
    return { revision: draft.revision, entry: entry ?? null }
  }

  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/drafts/:draft/entries',
      summary: 'The entries of a draft',
      role: 'viewer',
      body: noBody,
      query: entryFilterSchema,
      answer: {
        description: 'In the order in which they count, the archived ones last',
        body: z.object({ revision: z.int(), entries: z.array(entryAnswerSchema) }),
      },
      problems: ['not_found'],
      async handle({ param, query }) {
        const draft = await drafts.find(param('draft'))
        if (draft instanceof Problem) return draft
        const entries = (await entriesOf(draft)).filter((entry) => fits(entry, query))
        return { revision: draft.revision, entries }
      },
    }),
    consoleRoute(identify, {
      method: 'get',
      path: one,
      summary: 'One entry of a draft',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: { description: 'The entry', body: entryAnswerSchema },
      problems: ['not_found'],
      async handle({ param }) {
        const draft = await drafts.find(param('draft'))
        if (draft instanceof Problem) return draft
        const entries = await entriesOf(draft)
        const found = entries.find(({ kind, key }) => kind === param('kind') && key === param('key'))
        return found ?? new Problem('not_found', 'The draft has no such entry.')
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/drafts/:draft/entries/:kind',
      summary: 'Add an entry',
      role: 'editor',
      body: z.strictObject({
        entry: entryInput,
        before: z
          .string()
          .nullable()
          .default(null)
          .describe('The key of the entry it comes before; last if left out'),
        why: whySchema,
      }),
      query: noQuery,
      answer: { status: 201, description: 'Added', body: changed },
      problems: [...refusals, 'entry_exists'],
      async handle({ actor, body, param }) {
        const { entry: input, before, why } = body
        const kind = param('kind')
        return change({ param }, (draft) =>
          addEntry(draft, { kind, input, before }, drafts.editing(actor, why)),
        )
      },
    }),
    consoleRoute(identify, {
      method: 'put',
      path: one,
      summary: 'Change an entry',
      description:
        'Refused with `entry_changed` where somebody has changed this entry since it was looked at; what it says now comes ' +
        'along. Changes of other entries do not get in the way.',
      role: 'editor',
      body: z.strictObject({ entry: entryInput, etag: etagSchema, why: whySchema }),
      query: noQuery,
      answer: { description: 'Changed', body: changed },
      problems: [...refusals, 'entry_changed', 'entry_exists'],
      async handle({ actor, body, param }) {
        const { entry: input, etag, why } = body
        const place = { kind: param('kind'), key: param('key') }
        return change({ param }, (draft) =>
          changeEntry(draft, { ...place, input, etag }, drafts.editing(actor, why)),
        )
      },
    }),
    consoleRoute(identify, {
      method: 'delete',
      path: one,
      summary: 'Remove an entry',
      role: 'editor',
      body: noBody,
      query: z.strictObject({ etag: etagSchema, why: whySchema }),
      answer: { description: 'Removed', body: changed },
      problems: [...refusals, 'entry_changed'],
      async handle({ actor, query, param }) {
        const { etag, why } = query
        const place = { kind: param('kind'), key: param('key') }
        return change({ param }, (draft) =>
          removeEntry(draft, { ...place, etag }, drafts.editing(actor, why)),
        )
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: `${one}/move`,
      summary: 'Move an entry',
      description:
        'Of meters the first that fits counts, of offers of equal priority the first that runs is shown.',
      role: 'editor',
      body: z.strictObject({ before: z.string().nullable().describe('Null: to the end'), why: whySchema }),
      query: noQuery,
      answer: { description: 'Moved', body: changed },
      problems: refusals,
      async handle({ actor, body, param }) {
        const place = { kind: param('kind'), key: param('key'), before: body.before }
        return change({ param }, (draft) => moveEntry(draft, place, drafts.editing(actor, body.why)))
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: `${one}/duplicate`,
      summary: 'Add a copy under another id',
      role: 'editor',
      body: z.strictObject({ id: idSchema, why: whySchema }),
      query: noQuery,
      answer: { status: 201, description: 'The copy', body: changed },
      problems: [...refusals, 'entry_exists'],
      async handle({ actor, body, param }) {
        const place = { kind: param('kind'), key: param('key'), id: body.id }
        return change({ param }, (draft) => duplicateEntry(draft, place, drafts.editing(actor, body.why)))
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: `${one}/archive`,
      summary: 'Put an entry away',
      description: 'It takes part in nothing any more, and can be restored.',
      role: 'editor',
      body: z.strictObject({ etag: etagSchema, why: whySchema }),
      query: noQuery,
      answer: { description: 'Put away', body: changed },
      problems: [...refusals, 'entry_changed'],
      async handle({ actor, body, param }) {
        const place = { kind: param('kind'), key: param('key'), etag: body.etag }
        return change({ param }, (draft) => archiveEntry(draft, place, drafts.editing(actor, body.why)))
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: `${one}/restore`,
      summary: 'Put an archived entry back',
      role: 'editor',
      body: z.strictObject({ why: whySchema }),
      query: noQuery,
      answer: { description: 'Back', body: changed },
      problems: [...refusals, 'entry_exists'],
      async handle({ actor, body, param }) {
        const place = { kind: param('kind'), key: param('key') }
        return change({ param }, (draft) => restoreEntry(draft, place, drafts.editing(actor, body.why)))
      },
    }),
  ]
}

export function fits(
  { kind, title, entry }: EntryAnswer,
  wanted: z.output<typeof entryFilterSchema>,
): boolean {
  const text = `${title} ${JSON.stringify(entry)}`.toLowerCase()
  const ofSite = kind === 'sites' ? entry.id : entry.site
  return (
    (wanted.kind === undefined || wanted.kind === kind) &&
    (wanted.site === undefined || ofSite === undefined || ofSite === wanted.site) &&
    (wanted.q === undefined || text.includes(wanted.q.toLowerCase()))
  )
}
