import { z } from 'zod'
import { authorSchema } from '../publishing/author.ts'
import { changeSchema, changesBetween, titleOf } from '../publishing/changes.ts'
import { checkLists, type DraftProblem, draftProblemSchema } from '../publishing/check-lists.ts'
import { type Draft, draftSchema } from '../publishing/draft.ts'
import { etagOf } from '../publishing/edit-entry.ts'
import { type Entry, entrySchema, keyOf, kinds, type Lists, listOf } from '../publishing/entries.ts'

const instant = z.iso.datetime()

/** A draft in a list. */
export const draftSummarySchema = draftSchema
  .pick({
    id: true,
    title: true,
    base: true,
    revision: true,
    status: true,
    createdBy: true,
    changedBy: true,
    failure: true,
    version: true,
  })
  .extend({
    createdAt: instant,
    changedAt: instant,
    approval: z.object({ by: authorSchema, at: instant }).nullable(),
    schedule: z.object({ at: instant, by: authorSchema, why: z.string() }).nullable(),
    outdated: z
      .boolean()
      .describe('Another version was published since; bring the draft up to date to publish it'),
  })
  .describe('A draft')

/** A draft with all that is to be known before publishing it. */
export const draftAnswerSchema = draftSummarySchema.extend({
  changes: z.array(changeSchema).describe('What is different from the version it was made from'),
  problems: z.array(draftProblemSchema).describe('What keeps it from being published'),
})

export const entryAnswerSchema = z
  .object({
    kind: z.string(),
    key: z.string().describe('Names it within its kind, in addresses'),
    title: z.string(),
    etag: z.string().describe('What it says now; to be sent with a change of it'),
    entry: entrySchema,
    archived: z.boolean(),
    change: z.enum(['added', 'changed']).nullable().describe('Against the version the draft was made from'),
    problems: z.array(draftProblemSchema),
  })
  .describe('An entry of the configuration')

export type EntryAnswer = z.infer<typeof entryAnswerSchema>

export function draftSummary(draft: Draft, latest: number): z.infer<typeof draftSummarySchema> {
  const { id, title, base, revision, status, createdBy, changedBy, failure, version, approval, schedule } =
    draft
  return {
    id,
    title,
    base,
    revision,
    status,
    createdBy,
    changedBy,
    failure,
    version,
    createdAt: iso(draft.createdAtMs),
    changedAt: iso(draft.changedAtMs),
    approval: approval && { by: approval.by, at: iso(approval.atMs) },
    schedule: schedule && { at: iso(schedule.atMs), by: schedule.by, why: schedule.why },
    outdated: base !== latest && status !== 'published' && status !== 'discarded',
  }
}

export function draftAnswer(
  draft: Draft,
  { base, latest, firstStartedAt }: { base: Lists; latest: number; firstStartedAt: number },
): z.infer<typeof draftAnswerSchema> {
  return {
    ...draftSummary(draft, latest),
    changes: changesBetween(base, draft.lists),
    problems: problemsOf(draft.lists, firstStartedAt),
  }
}

export function problemsOf(lists: Lists, firstStartedAt: number): DraftProblem[] {
  const checked = checkLists(lists, { firstStartedAt })
  return 'problems' in checked ? checked.problems : []
}

/** Every entry of some lists, with what is wrong and what is new about it. */
export function entryAnswers(options: {
  lists: Lists
  archive: Draft['archive']
  base: Lists
  problems: readonly DraftProblem[]
}): EntryAnswer[] {
  const { lists, archive, base, problems } = options
  const changes = new Map(
    changesBetween(base, lists).flatMap(({ kind, key, change }) =>
      change === 'added' || change === 'changed' ? [[`${kind}/${key}`, change] as const] : [],
    ),
  )
  const present = kinds.flatMap((kind) =>
    listOf(lists, kind).map((entry) => {
      const key = keyOf(kind, entry)
      return {
        ...entryAnswer(kind, entry),
        change: changes.get(`${kind}/${key}`) ?? null,
        problems: problems.filter((problem) => problem.kind === kind && problem.key === key),
      }
    }),
  )
  return [...present, ...archive.map(({ kind, entry }) => ({ ...entryAnswer(kind, entry), archived: true }))]
}

function entryAnswer(kind: string, entry: Entry): EntryAnswer {
  return {
    kind,
    key: keyOf(kind, entry),
    title: titleOf(kind, entry),
    etag: etagOf(entry),
    entry,
    archived: false,
    change: null,
    problems: [],
  }
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}
