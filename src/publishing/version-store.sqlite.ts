import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { createDraftTable } from './draft-store.sqlite.ts'
import { type Version, type VersionStore, versionSchema } from './version-store.ts'

/** The configuration's versions in SQLite. */
export function createSqliteVersionStore(database: DatabaseSync): VersionStore {
  database.exec(tables)
  const insertFirstStart = database.prepare('INSERT OR IGNORE INTO first_start (id, at_ms) VALUES (1, ?)')
  const selectFirstStart = database.prepare('SELECT at_ms AS atMs FROM first_start')
  const selectLatest = database.prepare('SELECT coalesce(max(number), 0) AS number FROM versions')
  const selectVersion = database.prepare('SELECT version FROM versions WHERE number = ?')
  const selectPage = database.prepare(
    'SELECT version FROM versions WHERE number < ? ORDER BY number DESC LIMIT ?',
  )
  const insertVersion = database.prepare('INSERT INTO versions (number, version) VALUES (?, ?)')
  const drafts = createDraftTable(database)

  const latestNumber = () => z.object({ number: z.int() }).parse(selectLatest.get()).number

  return {
    async firstStart(nowMs) {
      insertFirstStart.run(nowMs)
      return z.object({ atMs: z.int() }).parse(selectFirstStart.get()).atMs
    },
    latestNumber: async () => latestNumber(),
    async version(number) {
      const row = selectVersion.get(number)
      return row === undefined ? null : readVersion(row)
    },
    async versions({ before, limit }) {
      return selectPage.all(before, limit).map(readVersion)
    },
    async publish({ version, draft, note }) {
      return inTransaction(database, () => {
        if (version.number !== latestNumber() + 1) return 'number_taken'
        if (draft !== null && !drafts.write(draft.settled, draft.revision)) return 'draft_changed'
        insertVersion.run(version.number, JSON.stringify(version))
        drafts.note(note)
        return 'published'
      })
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS first_start (id INTEGER PRIMARY KEY CHECK (id = 1), at_ms INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS versions (number INTEGER PRIMARY KEY, version TEXT NOT NULL);
`

const versionRow = z.object({ version: z.string() })

function readVersion(row: unknown): Version {
  return versionSchema.parse(JSON.parse(versionRow.parse(row).version))
}
