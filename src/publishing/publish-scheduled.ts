import type { Logger } from 'pino'
import { Problem } from '../http/problem.ts'
import type { Job } from '../jobs/job.ts'
import type { Draft } from './draft.ts'
import type { DraftStore } from './draft-store.ts'
import { failDraft, rebaseDraft } from './edit-draft.ts'
import type { Publisher } from './publisher.ts'
import type { VersionStore } from './version-store.ts'

export type ScheduleParts = {
  drafts: DraftStore
  versions: VersionStore
  publisher: Publisher
  log: Pick<Logger, 'info' | 'warn'>
  /** Epoch milliseconds. */
  now: () => number
}

/**
 * Publishes drafts at their time. Version and draft are written in one step, so that it happens once even where two
 * processes try. What has been published meanwhile stays: the draft's own changes are put on top of it. Where both changed
 * the same, nothing is published, and the draft says why.
 */
export function publishScheduled(parts: ScheduleParts): Job {
  return {
    name: 'publish-scheduled',
    everyMs: 1000,
    async run() {
      const due = (await parts.drafts.openDrafts())
        .filter(({ schedule }) => schedule !== null && schedule.atMs <= parts.now())
        .toSorted((one, other) => (one.schedule?.atMs ?? 0) - (other.schedule?.atMs ?? 0))
      for (const draft of due) await publishDue(parts, draft)
    },
  }
}

async function publishDue(parts: ScheduleParts, draft: Draft): Promise<void> {
  const { drafts, publisher, log, now } = parts
  const { schedule } = draft
  if (schedule === null) return
  const current = await broughtUpToDate(parts, draft, schedule)
  const outcome = current instanceof Problem ? current : await publisher.publish(current, schedule)
  if (!(outcome instanceof Problem)) {
    log.info({ draft: draft.id, version: outcome.number }, 'a draft was published at its time')
    return
  }
  // Somebody else has published it, or taken it from the schedule, at this very moment.
  if (outcome.code === 'draft_changed' || outcome.code === 'draft_closed') return
  log.warn({ draft: draft.id, code: outcome.code }, 'a draft could not be published at its time')
  const latest = await drafts.draft(draft.id)
  if (latest === null || latest.status !== 'scheduled') return
  await drafts.saveDraft({ ...failDraft(latest, outcome.detail, now()), revision: latest.revision })
}

/** With what was published since it was scheduled, under its own changes; who approved it approved those. */
async function broughtUpToDate(
  { drafts, versions, now }: ScheduleParts,
  draft: Draft,
  { by, why }: { by: Draft['createdBy']; why: string },
): Promise<Draft | Problem> {
  const latest = await versions.version(await versions.latestNumber())
  const base = await versions.version(draft.base)
  if (latest === null || base === null || latest.number === draft.base) return draft
  const rebased = rebaseDraft(draft, { base, latest, choices: {} }, { by, now: now(), why })
  if (rebased instanceof Problem) return rebased
  const current = { ...rebased.draft, approval: draft.approval, editors: draft.editors }
  const saved = await drafts.saveDraft({ draft: current, revision: draft.revision, note: rebased.note })
  return saved ? current : new Problem('draft_changed', 'It was changed meanwhile.')
}
