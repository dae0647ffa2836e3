import { createHash } from 'node:crypto'
import { Problem } from '../http/problem.ts'
import { type AuditNote, auditNote } from './audit.ts'
import type { Author } from './author.ts'
import { canonicalJson } from './canonical-json.ts'
import { changeWords, differencesOf, entryWords } from './change-words.ts'
import type { Draft } from './draft.ts'
import {
  type Entry,
  entryAt,
  entrySchema,
  keyOf,
  type Lists,
  listOf,
  type Place,
  withEntry,
  withoutEntry,
} from './entries.ts'
import { readEntry } from './read-entry.ts'

/** A draft after a change, and the note of it. */
export type Edited = { draft: Draft; note: AuditNote }

/** Who changes it, at which time (epoch ms), and why. */
export type Editing = { by: Author; now: number; why: string }

/** Names exactly what an entry says. Whoever changes it tells which one they saw. */
export function etagOf(entry: Entry): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('base64url').slice(0, 16)
}

/** Adds an entry before another one, or last; a meter with a scope before the one that takes every article. */
export function addEntry(
  draft: Draft,
  { kind, input, before }: { kind: string; input: unknown; before: string | null },
  editing: Editing,
): Edited | Problem {
  const entry = readEntry(draft.lists, kind, input)
  if (entry instanceof Problem) return entry
  const key = keyOf(kind, entry)
  const taken = refuseTaken(draft, { kind, key })
  if (taken !== null) return taken
  const lists = withEntry(draft.lists, { kind, entry, before: before ?? placeOf(draft.lists, kind, entry) })
  const words = entryWords(kind, entry, lists)
  return edited(
    draft,
    { lists },
    { action: 'entry_added', subject: { kind, key }, words, after: entry },
    editing,
  )
}

/** Puts an entry in the place of the one that its editor saw. Its id may change with it. */
export function changeEntry(
  draft: Draft,
  { kind, key, input, etag }: Place & { input: unknown; etag: string },
  editing: Editing,
): Edited | Problem {
  const entry = readEntry(draft.lists, kind, input)
  const mine = entry instanceof Problem ? (entrySchema.safeParse(input).data ?? null) : entry
  const before = seenEntry(draft, { kind, key }, etag, mine)
  if (before instanceof Problem) return before
  if (entry instanceof Problem) return entry
  const newKey = keyOf(kind, entry)
  const taken = newKey === key ? null : refuseTaken(draft, { kind, key: newKey })
  if (taken !== null) return taken
  const lists = withEntry(draft.lists, { kind, entry, at: key })
  const words = changeWords(kind, { from: before, into: entry }, { before: draft.lists, after: lists })
  const subject = { kind, key: newKey }
  return edited(draft, { lists }, { action: 'entry_changed', subject, words, before, after: entry }, editing)
}

export function removeEntry(
  draft: Draft,
  { kind, key, etag }: Place & { etag: string },
  editing: Editing,
): Edited | Problem {
  const before = seenEntry(draft, { kind, key }, etag)
  if (before instanceof Problem) return before
  const lists = withoutEntry(draft.lists, { kind, key })
  return edited(draft, { lists }, { action: 'entry_removed', subject: { kind, key }, before }, editing)
}

/** Puts an entry before another one of its kind, or last. */
export function moveEntry(
  draft: Draft,
  { kind, key, before }: Place & { before: string | null },
  editing: Editing,
): Edited | Problem {
  const entry = entryAt(draft.lists, { kind, key })
  if (entry === null) return noEntry({ kind, key })
  if (before !== null && entryAt(draft.lists, { kind, key: before }) === null)
    return noEntry({ kind, key: before })
  const lists = withEntry(withoutEntry(draft.lists, { kind, key }), { kind, entry, before })
  const words = [before === null ? 'now the last' : `now before ${before}`]
  return edited(draft, { lists }, { action: 'entry_moved', subject: { kind, key }, words }, editing)
}

/** Adds a copy under another id. */
export function duplicateEntry(
  draft: Draft,
  { kind, key, id }: Place & { id: string },
  editing: Editing,
): Edited | Problem {
  const entry = entryAt(draft.lists, { kind, key })
  if (entry === null) return noEntry({ kind, key })
  return addEntry(draft, { kind, input: { ...entry, id }, before: key }, editing)
}

/** Puts an entry away: it takes part in nothing, and can be put back. */
export function archiveEntry(
  draft: Draft,
  { kind, key, etag }: Place & { etag: string },
  editing: Editing,
): Edited | Problem {
  const entry = seenEntry(draft, { kind, key }, etag)
  if (entry instanceof Problem) return entry
  const lists = withoutEntry(draft.lists, { kind, key })
  const others = draft.archive.filter((put) => put.kind !== kind || put.key !== key)
  const archive = [...others, { kind, key, entry }]
  return edited(
    draft,
    { lists, archive },
    { action: 'entry_archived', subject: { kind, key }, before: entry },
    editing,
  )
}

export function restoreEntry(draft: Draft, { kind, key }: Place, editing: Editing): Edited | Problem {
  const put = draft.archive.find((archived) => archived.kind === kind && archived.key === key)
  if (put === undefined) return new Problem('not_found', `There is no archived ${kind} entry ${key}.`)
  const added = addEntry(draft, { kind, input: put.entry, before: null }, editing)
  if (added instanceof Problem) return added
  const archive = draft.archive.filter((other) => other !== put)
  return { draft: { ...added.draft, archive }, note: { ...added.note, action: 'entry_restored' } }
}

/** The next revision of a draft, with its content changed. An approval was of another content, so it is gone. */
export function edited(
  draft: Draft,
  content: Partial<Pick<Draft, 'lists' | 'archive' | 'base'>>,
  note: Partial<AuditNote> & Pick<AuditNote, 'action'>,
  { by, now, why }: Editing,
): Edited {
  return {
    draft: {
      ...draft,
      ...content,
      revision: draft.revision + 1,
      changedAtMs: now,
      changedBy: by,
      editors: [...new Set([...draft.editors, by.id])],
      approval: null,
      failure: null,
    },
    note: auditNote({ ...note, atMs: now, by, why, draft: draft.id }),
  }
}

/** The entry, if it still says what its editor saw. Whoever wanted to change it is told where the two differ. */
function seenEntry(draft: Draft, place: Place, etag: string, mine: Entry | null = null): Entry | Problem {
  const entry = entryAt(draft.lists, place)
  if (entry === null) return noEntry(place)
  if (etagOf(entry) === etag) return entry
  const detail = 'Somebody has changed this meanwhile. Look at what it says now, and save again.'
  const { lists } = draft
  const differences = differencesOf(place.kind, { mine, theirs: entry }, { mine: lists, theirs: lists })
  return new Problem('entry_changed', detail, {
    more: { current: { entry, etag: etagOf(entry) }, differences },
  })
}

function refuseTaken(draft: Draft, { kind, key }: Place): Problem | null {
  if (entryAt(draft.lists, { kind, key }) === null) return null
  return new Problem('entry_exists', `${kind} has an entry ${key} already.`, {
    errors: [{ field: kind === 'walls' ? 'kind' : 'id', expected: 'one that no other entry has' }],
  })
}

function noEntry({ kind, key }: Place): Problem {
  return new Problem('not_found', `The draft has no ${kind} entry ${key}.`)
}

/** The first meter that fits counts, so a new one with a scope belongs before its site's last. */
function placeOf(lists: Lists, kind: string, entry: Entry): string | null {
  if (kind !== 'meters' || entry.scope === undefined) return null
  const last = listOf(lists, kind).find(({ site, scope }) => site === entry.site && scope === undefined)
  return last === undefined ? null : keyOf(kind, last)
}
