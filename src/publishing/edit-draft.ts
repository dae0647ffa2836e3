import { Problem } from '../http/problem.ts'
import { auditNote } from './audit.ts'
import { differencesOf } from './change-words.ts'
import { changesBetween } from './changes.ts'
import type { Draft } from './draft.ts'
import { type Edited, type Editing, edited } from './edit-entry.ts'
import { type Lists, listsFrom } from './entries.ts'
import { type Choices, mergeLists } from './merge-lists.ts'
import type { Version } from './version-store.ts'

/** A new draft of what a version says. */
export function beginDraft(
  base: Version,
  { id, title, lists }: { id: string; title: string; lists: Lists | null },
  { by, now, why }: Editing,
): Edited {
  const said = listsFrom(base.configuration)
  const draft: Draft = {
    id,
    title,
    base: base.number,
    lists: lists ?? said,
    archive: base.archive,
    revision: 1,
    status: 'open',
    createdAtMs: now,
    createdBy: by,
    changedAtMs: now,
    changedBy: by,
    editors: [by.id],
    approval: null,
    schedule: null,
    failure: null,
    version: null,
  }
  const words =
    lists === null ? [] : changesBetween(said, lists).map(({ title, change }) => `${title}: ${change}`)
  return { draft, note: auditNote({ action: 'draft_begun', atMs: now, by, why, draft: id, words }) }
}

export function renameDraft(draft: Draft, title: string, editing: Editing): Edited {
  return touched(
    draft,
    { title },
    { action: 'draft_renamed', words: [`“${draft.title}” → “${title}”`] },
    editing,
  )
}

/**
 * Brings a draft up to date with the newest version. `base` is the version it was made from. Where both have changed an
 * entry, a choice is needed; what is not chosen is kept in the note.
 */
export function rebaseDraft(
  draft: Draft,
  { base, latest, choices }: { base: Version; latest: Version; choices: Choices },
  editing: Editing,
): Edited | Problem {
  const theirs = listsFrom(latest.configuration)
  const merged = mergeLists({ base: listsFrom(base.configuration), mine: draft.lists, theirs }, choices)
  if ('conflicts' in merged) {
    const detail = 'Both have changed the same entries. Choose “mine” or “theirs” for each.'
    const conflicts = merged.conflicts.map((conflict) => ({
      ...conflict,
      differences: differencesOf(conflict.kind, conflict, { mine: draft.lists, theirs }),
    }))
    return new Problem('conflicting_changes', detail, { more: { conflicts } })
  }
  const content = { lists: merged.lists, archive: mergedArchive(draft, base, latest), base: latest.number }
  const note = {
    action: 'draft_rebased' as const,
    words: [`from version ${draft.base} to version ${latest.number}`],
    before: draft.lists,
    after: merged.lists,
  }
  return edited(draft, content, note, editing)
}

/** Nobody approves what they wrote. */
export function approveDraft(draft: Draft, editing: Editing): Edited | Problem {
  if (draft.editors.includes(editing.by.id)) {
    return new Problem('forbidden', 'Somebody who did not write this draft has to approve it.')
  }
  const approval = { by: editing.by, atMs: editing.now }
  return touched(draft, { approval }, { action: 'draft_approved' }, editing)
}

/** It is published at `atMs`. Until then nobody changes it without taking it from the schedule. */
export function scheduleDraft(draft: Draft, atMs: number, editing: Editing): Edited {
  const schedule = { atMs, by: editing.by, why: editing.why }
  const words = [`at ${new Date(atMs).toISOString()}`]
  return touched(
    draft,
    { status: 'scheduled', schedule, failure: null },
    { action: 'draft_scheduled', words },
    editing,
  )
}

export function unscheduleDraft(draft: Draft, editing: Editing): Edited {
  return touched(draft, { status: 'open', schedule: null }, { action: 'draft_unscheduled' }, editing)
}

export function discardDraft(draft: Draft, editing: Editing): Edited {
  return touched(draft, { status: 'discarded', schedule: null }, { action: 'draft_discarded' }, editing)
}

/** What happened to a draft that could not be published at its time. */
export function failDraft(draft: Draft, failure: string, now: number): Edited {
  const { revision } = draft
  return {
    draft: { ...draft, status: 'open', schedule: null, failure, revision: revision + 1, changedAtMs: now },
    note: auditNote({ action: 'schedule_failed', atMs: now, by: null, draft: draft.id, words: [failure] }),
  }
}

/** The next revision of a draft whose content stays. */
function touched(
  draft: Draft,
  parts: Partial<Draft>,
  note: Pick<Edited['note'], 'action'> & Partial<Edited['note']>,
  { by, now, why }: Editing,
): Edited {
  return {
    draft: { ...draft, ...parts, revision: draft.revision + 1, changedAtMs: now, changedBy: by },
    note: auditNote({ ...note, atMs: now, by, why, draft: draft.id }),
  }
}

/** What either side has put away, without what either has put back. */
function mergedArchive(draft: Draft, base: Version, latest: Version): Draft['archive'] {
  const name = ({ kind, key }: Draft['archive'][number]) => `${kind}/${key}`
  const mine = new Set(draft.archive.map(name))
  const theirs = new Set(latest.archive.map(name))
  const restored = base.archive.map(name).filter((put) => !mine.has(put) || !theirs.has(put))
  const all = new Map([...latest.archive, ...draft.archive].map((put) => [name(put), put]))
  return [...all.values()].filter((put) => !restored.includes(name(put)))
}
