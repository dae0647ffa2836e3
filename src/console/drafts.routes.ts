import { z } from 'zod'
import { Problem, wrongField } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import { fixInstants } from '../publishing/check-lists.ts'
import type { Draft } from '../publishing/draft.ts'
import type { DraftStore } from '../publishing/draft-store.ts'
import {
  approveDraft,
  beginDraft,
  discardDraft,
  rebaseDraft,
  renameDraft,
  scheduleDraft,
  unscheduleDraft,
} from '../publishing/edit-draft.ts'
import { type Lists, listsFrom } from '../publishing/entries.ts'
import type { Publisher } from '../publishing/publisher.ts'
import { readLists } from '../publishing/read-lists.ts'
import type { VersionStore } from '../publishing/version-store.ts'
import type { IdentifyActor } from './actor.ts'
import { consoleRoute, noBody, noQuery } from './console-route.ts'
import {
  draftAnswer,
  draftAnswerSchema,
  draftSummary,
  draftSummarySchema,
  problemsOf,
} from './draft-answer.ts'
import type { Drafts } from './drafts.ts'
import { makeId } from './secret-token.ts'
import { versionAnswer, versionAnswerSchema } from './version-answer.ts'

export type DraftRoutesParts = {
  identify: IdentifyActor
  drafts: Drafts
  store: DraftStore
  versions: VersionStore
  publisher: Publisher
  needsApproval: boolean
  now: () => number
}

export const whySchema = z.string().trim().max(500).default('').describe('Why, for the journal')
const titleSchema = z.string().trim().min(1, 'some words').max(120, 'at most 120 characters')

export const configurationInputSchema = z
  .record(z.string(), z.array(z.unknown()))
  .describe('A whole configuration, as the files have it: sites, meters, offers …')

const newDraftSchema = z.strictObject({
  title: titleSchema.default('New draft'),
  configuration: configurationInputSchema
    .optional()
    .describe('What it says, instead of what the newest version says'),
  why: whySchema,
})

const rebaseSchema = z.strictObject({
  choices: z
    .record(z.string(), z.enum(['mine', 'theirs']))
    .default({})
    .describe('Whose entry is taken where both have changed it, by `kind/key`'),
  why: whySchema,
})

const scheduleSchema = z.strictObject({ at: z.iso.datetime({ offset: true }), why: whySchema })
const reasonSchema = z.strictObject({ why: whySchema })

/** Drafts: what is being written, until it is published or discarded. */
export function draftRoutes(parts: DraftRoutesParts): Route[] {
  const { identify, drafts, store, versions, publisher, needsApproval, now } = parts

  async function answer(draft: Draft | Problem) {
    return draft instanceof Problem ? draft : draftAnswer(draft, await drafts.groundOf(draft))
  }

  async function readConfiguration(
    configuration: z.output<typeof configurationInputSchema>,
  ): Promise<Lists | Problem> {
    const lists = readLists(configuration)
    if (lists instanceof Problem) return lists
    return fixInstants(lists, { firstStartedAt: await versions.firstStart(now()) })
  }

  /** Nothing is put on the schedule that could not be published now. */
  async function refuseUnpublishable(draft: Draft, lists: Lists): Promise<Problem | null> {
    if (needsApproval && draft.approval === null) {
      return new Problem(
        'approval_required',
        'Somebody who did not write this draft has to approve it first.',
      )
    }
    const problems = problemsOf(lists, await versions.firstStart(now()))
    if (problems.length === 0) return null
    return new Problem('draft_invalid', 'It does not validate.', { more: { problems } })
  }

  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/drafts',
      summary: 'What is being written',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: {
        description: 'Drafts that are neither published nor discarded, the latest changed first',
        body: z.object({ drafts: z.array(draftSummarySchema) }),
      },
      async handle() {
        const latest = await versions.latestNumber()
        const open = (await store.openDrafts()).toSorted((one, other) => other.changedAtMs - one.changedAtMs)
        return { drafts: open.map((draft) => draftSummary(draft, latest)) }
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/drafts',
      summary: 'Begin a draft',
      description: 'Of what the newest version says, or of a configuration that is sent along.',
      role: 'editor',
      body: newDraftSchema,
      query: noQuery,
      answer: { status: 201, description: 'The draft', body: draftAnswerSchema },
      problems: ['draft_invalid'],
      async handle({ actor, body }) {
        const { title, configuration, why } = body
        const base = await drafts.latest()
        const lists = configuration === undefined ? null : await readConfiguration(configuration)
        if (lists instanceof Problem) return lists
        const begun = beginDraft(base, { id: makeId('d'), title, lists }, drafts.editing(actor, why))
        return answer(await drafts.save(begun, 0))
      },
    }),
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/drafts/:draft',
      summary: 'A draft, what it changes and what is wrong with it',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: { description: 'The draft', body: draftAnswerSchema },
      problems: ['not_found'],
      handle: async ({ param }) => answer(await drafts.find(param('draft'))),
    }),
    consoleRoute(identify, {
      method: 'put',
      path: '/v1/console/drafts/:draft',
      summary: 'Give a draft another title',
      role: 'editor',
      body: z.strictObject({ title: titleSchema }),
      query: noQuery,
      answer: { description: 'The draft', body: draftAnswerSchema },
      problems: ['not_found', 'draft_closed', 'draft_scheduled', 'draft_changed'],
      async handle({ actor, body, param }) {
        const rename = (draft: Draft) => renameDraft(draft, body.title, drafts.editing(actor, ''))
        return answer(await drafts.change(param('draft'), rename))
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/drafts/:draft/rebase',
      summary: 'Bring a draft up to date with the newest version',
      description:
        'Puts the changes of the draft on top of what was published since. Where both changed the same entry, the answer ' +
        '`conflicting_changes` has both, and `choices` say which to take.',
      role: 'editor',
      body: rebaseSchema,
      query: noQuery,
      answer: { description: 'The draft, up to date', body: draftAnswerSchema },
      problems: ['not_found', 'conflicting_changes', 'draft_closed', 'draft_scheduled', 'draft_changed'],
      async handle({ actor, body, param }) {
        const rebased = await drafts.change(param('draft'), async (draft) => {
          const base = await versions.version(draft.base)
          if (base === null) return new Problem('not_found', `There is no version ${draft.base}.`)
          const choices = body.choices
          return rebaseDraft(
            draft,
            { base, latest: await drafts.latest(), choices },
            drafts.editing(actor, body.why),
          )
        })
        return answer(rebased)
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/drafts/:draft/approve',
      summary: 'Approve a draft that somebody else has written',
      description: 'The next change takes the approval away.',
      role: 'publisher',
      body: reasonSchema,
      query: noQuery,
      answer: { description: 'The draft', body: draftAnswerSchema },
      problems: ['not_found', 'draft_closed', 'draft_scheduled', 'draft_changed'],
      async handle({ actor, body, param }) {
        if (actor.signedIn === null) return new Problem('forbidden', 'A person approves, not a key.')
        const approve = (draft: Draft) => approveDraft(draft, drafts.editing(actor, body.why))
        return answer(await drafts.change(param('draft'), approve))
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/drafts/:draft/schedule',
      summary: 'Publish a draft at a time',
      role: 'publisher',
      body: scheduleSchema,
      query: noQuery,
      answer: { description: 'The draft, which cannot be changed meanwhile', body: draftAnswerSchema },
      problems: [
        'not_found',
        'draft_invalid',
        'approval_required',
        'draft_closed',
        'draft_scheduled',
        'draft_changed',
      ],
      async handle({ actor, body, param }) {
        const atMs = Date.parse(body.at)
        if (atMs <= now()) return wrongField('at', 'a time to come')
        const scheduled = await drafts.change(param('draft'), async (draft) => {
          const refusal = await refuseUnpublishable(draft, draft.lists)
          return refusal ?? scheduleDraft(draft, atMs, drafts.editing(actor, body.why))
        })
        return answer(scheduled)
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/drafts/:draft/unschedule',
      summary: 'Take a draft from the schedule',
      role: 'publisher',
      body: reasonSchema,
      query: noQuery,
      answer: { description: 'The draft, open again', body: draftAnswerSchema },
      problems: ['not_found', 'draft_closed', 'draft_changed'],
      async handle({ actor, body, param }) {
        const draft = await drafts.find(param('draft'))
        if (draft instanceof Problem) return draft
        if (draft.status !== 'scheduled') return new Problem('draft_closed', 'It is not on the schedule.')
        return answer(
          await drafts.save(unscheduleDraft(draft, drafts.editing(actor, body.why)), draft.revision),
        )
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/drafts/:draft/publish',
      summary: 'Publish a draft now',
      description:
        'It rules in every process within two seconds. Products and prices it needs are made in Stripe before.',
      role: 'publisher',
      body: reasonSchema.extend({
        revision: z
          .int()
          .optional()
          .describe('The revision that was looked at; refused if there is another one now'),
      }),
      query: noQuery,
      answer: { description: 'The new version', body: versionAnswerSchema },
      problems: [
        'not_found',
        'draft_invalid',
        'base_outdated',
        'approval_required',
        'nothing_changed',
        'draft_closed',
        'draft_changed',
        'payments_unavailable',
      ],
      async handle({ actor, body, param }) {
        const draft = await drafts.find(param('draft'))
        if (draft instanceof Problem) return draft
        if (body.revision !== undefined && body.revision !== draft.revision) {
          return new Problem(
            'draft_changed',
            `${draft.changedBy.name} has changed it meanwhile. Look at it again.`,
          )
        }
        const published = await publisher.publish(draft, { by: actor.author, why: body.why })
        return published instanceof Problem ? published : versionAnswer(published)
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/drafts/:draft/discard',
      summary: 'Discard a draft',
      description: 'It leaves the list. The journal keeps what it said.',
      role: 'editor',
      body: reasonSchema,
      query: noQuery,
      answer: { description: 'The draft', body: draftAnswerSchema },
      problems: ['not_found', 'draft_closed', 'draft_scheduled', 'draft_changed'],
      async handle({ actor, body, param }) {
        const discard = (draft: Draft) => discardDraft(draft, drafts.editing(actor, body.why))
        return answer(await drafts.change(param('draft'), discard))
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/check',
      summary: 'What a configuration would change, and what is wrong with it',
      description: 'Compares it with the newest version. Nothing is kept.',
      role: 'viewer',
      body: z.strictObject({ configuration: configurationInputSchema }),
      query: noQuery,
      answer: {
        description: 'The changes in plain words, and the problems',
        body: z.object({
          version: z.int(),
          changes: draftAnswerSchema.shape.changes,
          problems: draftAnswerSchema.shape.problems,
        }),
      },
      problems: ['draft_invalid'],
      async handle({ body }) {
        const lists = await readConfiguration(body.configuration)
        if (lists instanceof Problem) return lists
        const latest = await drafts.latest()
        const firstStartedAt = await versions.firstStart(now())
        const { changes, problems } = draftAnswer(
          beginDraft(latest, { id: '', title: '', lists }, { by: { id: '', name: '' }, now: now(), why: '' })
            .draft,
          { base: listsFrom(latest.configuration), latest: latest.number, firstStartedAt },
        )
        return { version: latest.number, changes, problems }
      },
    }),
  ]
}
