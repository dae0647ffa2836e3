import { Problem } from '../http/problem.ts'
import type { Draft } from '../publishing/draft.ts'
import type { DraftStore } from '../publishing/draft-store.ts'
import type { Edited, Editing } from '../publishing/edit-entry.ts'
import { type Lists, listsFrom } from '../publishing/entries.ts'
import { closed } from '../publishing/publisher.ts'
import type { Version, VersionStore } from '../publishing/version-store.ts'
import type { Actor } from './actor.ts'

/** What every route about drafts does with the stores. */
export type Drafts = {
  find(id: string): Promise<Draft | Problem>
  /** What is to be known beside a draft: what its base says, the newest version, the first start. */
  groundOf(draft: Draft): Promise<{ base: Lists; latest: number; firstStartedAt: number }>
  latest(): Promise<Version>
  /** Adds a draft, or writes the next revision of one. */
  save(edited: Edited, revision: number): Promise<Draft | Problem>
  /**
   * Applies a change to a draft that is open. Where somebody else has changed another part of it at the same moment, it
   * is applied to what they wrote; the change itself refuses where they changed the same.
   */
  change(
    id: string,
    edit: (draft: Draft) => Edited | Problem | Promise<Edited | Problem>,
  ): Promise<Draft | Problem>
  /** Who does something now. */
  editing(actor: Actor, why: string): Editing
}

export type DraftsParts = {
  drafts: DraftStore
  versions: VersionStore
  /** Epoch milliseconds. */
  now: () => number
}

const tries = 10

export function createDrafts({ drafts, versions, now }: DraftsParts): Drafts {
  async function find(id: string): Promise<Draft | Problem> {
    return (await drafts.draft(id)) ?? new Problem('not_found', 'There is no such draft.')
  }

  async function save({ draft, note }: Edited, revision: number): Promise<Draft | Problem> {
    const written = await drafts.saveDraft({ draft, note, revision })
    return written ? draft : new Problem('draft_changed', 'It was changed meanwhile. Look at it again.')
  }

  async function latest(): Promise<Version> {
    const version = await versions.version(await versions.latestNumber())
    if (version === null) throw new Error('the start has published a version, and the store has lost it')
    return version
  }

  return {
    find,
    save,
    latest,
    editing: ({ author }, why) => ({ by: author, now: now(), why }),
    async groundOf(draft) {
      const base = await versions.version(draft.base)
      return {
        base: listsFrom(base?.configuration ?? {}),
        latest: await versions.latestNumber(),
        firstStartedAt: await versions.firstStart(now()),
      }
    },
    async change(id, edit) {
      for (let tried = 1; ; tried += 1) {
        const draft = await find(id)
        if (draft instanceof Problem) return draft
        const refusal = refuseUnlessOpen(draft)
        if (refusal !== null) return refusal
        const edited = await edit(draft)
        if (edited instanceof Problem) return edited
        const saved = await save(edited, draft.revision)
        if (!(saved instanceof Problem) || tried === tries) return saved
      }
    },
  }
}

function refuseUnlessOpen(draft: Draft): Problem | null {
  if (draft.status === 'open') return null
  if (draft.status !== 'scheduled') return closed(draft)
  return new Problem(
    'draft_scheduled',
    'It is to be published at its time. Take it from the schedule to change it.',
  )
}
