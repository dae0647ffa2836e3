import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type VersionStore, versionSchema } from './version-store.ts'

/** The configuration's versions in SQLite. */
export function createSqliteVersionStore(database: DatabaseSync): VersionStore {
  database.exec(tables)
  const insertFirstStart = database.prepare('INSERT OR IGNORE INTO first_start (id, at_ms) VALUES (1, ?)')
  const selectFirstStart = database.prepare('SELECT at_ms AS atMs FROM first_start')
  const selectLatest = database.prepare('SELECT version FROM versions ORDER BY number DESC LIMIT 1')
  const insertVersion = database.prepare('INSERT OR IGNORE INTO versions (number, version) VALUES (?, ?)')

  return {
    async firstStart(nowMs) {
      insertFirstStart.run(nowMs)
      return z.object({ atMs: z.int() }).parse(selectFirstStart.get()).atMs
    },
    async latest() {
      const row = selectLatest.get()
      return row === undefined ? null : versionSchema.parse(JSON.parse(versionRow.parse(row).version))
    },
    async publishVersion(version) {
      return insertVersion.run(version.number, JSON.stringify(version)).changes === 1
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS first_start (id INTEGER PRIMARY KEY CHECK (id = 1), at_ms INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS versions (number INTEGER PRIMARY KEY, version TEXT NOT NULL);
`

const versionRow = z.object({ version: z.string() })
