import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type DecisionStore, decisionLifeMs, recordedDecisionSchema } from './decision-store.ts'

/** Recent decisions in SQLite. `now` gives epoch milliseconds; it only says what has expired. */
export function createSqliteDecisionStore(database: DatabaseSync, now: () => number): DecisionStore {
  database.exec(tables)
  const expire = database.prepare('DELETE FROM decisions WHERE expires_ms <= ?')
  const write = database.prepare('INSERT OR REPLACE INTO decisions (id, expires_ms, json) VALUES (?, ?, ?)')
  const select = database.prepare('SELECT json FROM decisions WHERE id = ? AND expires_ms > ?')

  return {
    async saveDecision(decision) {
      expire.run(now())
      write.run(decision.id, now() + decisionLifeMs, JSON.stringify(decision))
    },
    async decision(id) {
      const row = select.get(id, now())
      return row === undefined ? null : recordedDecisionSchema.parse(JSON.parse(jsonRow.parse(row).json))
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS decisions (id TEXT PRIMARY KEY, expires_ms INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS decisions_expiry ON decisions (expires_ms);
`

const jsonRow = z.object({ json: z.string() })
