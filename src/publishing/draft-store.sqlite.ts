import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { type AuditNote, auditNoteSchema } from './audit.ts'
import { type Draft, draftSchema, isClosed } from './draft.ts'
import type { DraftStore } from './draft-store.ts'

/** Drafts and the journal in SQLite. */
export function createSqliteDraftStore(database: DatabaseSync): DraftStore {
  const table = createDraftTable(database)
  const selectDraft = database.prepare('SELECT draft FROM drafts WHERE id = ?')
  const selectOpen = database.prepare('SELECT draft FROM drafts WHERE closed = 0')
  const selectNotes = database.prepare(
    'SELECT number, note FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?',
  )

  return {
    async draft(id) {
      const row = selectDraft.get(id)
      return row === undefined ? null : readDraft(row)
    },
    async openDrafts() {
      return selectOpen.all().map(readDraft)
    },
    async saveDraft({ draft, revision, note }) {
      return inTransaction(database, () => {
        const written = table.write(draft, revision)
        if (written) table.note(note)
        return written
      })
    },
    async audit({ before, limit }) {
      return selectNotes.all(before, limit).map((row) => {
        const { number, note } = noteRow.parse(row)
        return { ...auditNoteSchema.parse(JSON.parse(note)), number }
      })
    },
  }
}

/** The steps that publishing shares; each is to be run in a transaction. */
export function createDraftTable(database: DatabaseSync): {
  /** False, and nothing is written, unless the draft has that revision before. */
  write(draft: Draft, revision: number): boolean
  note(note: AuditNote): void
} {
  database.exec(tables)
  const insert = database.prepare(
    'INSERT OR IGNORE INTO drafts (id, revision, closed, draft) VALUES (?, ?, ?, ?)',
  )
  const update = database.prepare(
    'UPDATE drafts SET revision = ?, closed = ?, draft = ? WHERE id = ? AND revision = ? AND closed = 0',
  )
  const insertNote = database.prepare('INSERT INTO audit (note) VALUES (?)')

  return {
    write(draft, revision) {
      const closed = isClosed(draft) ? 1 : 0
      const json = JSON.stringify(draft)
      const { changes } =
        revision === 0
          ? insert.run(draft.id, draft.revision, closed, json)
          : update.run(draft.revision, closed, json, draft.id, revision)
      return changes === 1
    },
    note(note) {
      insertNote.run(JSON.stringify(note))
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS drafts (
    id TEXT PRIMARY KEY, revision INTEGER NOT NULL, closed INTEGER NOT NULL, draft TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS open_drafts ON drafts (closed) WHERE closed = 0;
  CREATE TABLE IF NOT EXISTS audit (number INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT NOT NULL);
`

const draftRow = z.object({ draft: z.string() })
const noteRow = z.object({ number: z.int(), note: z.string() })

function readDraft(row: unknown): Draft {
  return draftSchema.parse(JSON.parse(draftRow.parse(row).draft))
}
