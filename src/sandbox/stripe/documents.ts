import { DatabaseSync } from 'node:sqlite'
import { dueAt } from './due.ts'
import type { Kind, Kinds } from './stored.ts'

export type DueDocument = { kind: string; id: string; at: number }

export type Documents = {
  find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined
  /** Every document of a kind, the newest first, as Stripe lists them. */
  all<K extends Kind>(kind: K): Kinds[K][]
  save<K extends Kind>(kind: K, document: Kinds[K]): void
  remove(kind: Kind, id: string): void
  /** The document that time does something to first (due.ts), if that is at or before `until` (epoch ms). */
  nextDue(until: number): DueDocument | undefined
  /** Runs `work` as one change: if it throws, nothing of it is kept. */
  transaction<T>(work: () => T): T
  close(): void
}

/** Opens (or makes) the one SQLite file the sandbox keeps everything in: a table of JSON by kind and id. */
export function openDocuments(file: string): Documents {
  const database = new DatabaseSync(file)
  database.exec(schema)
  const find = database.prepare('SELECT body FROM documents WHERE kind = ? AND id = ?')
  const all = database.prepare('SELECT body FROM documents WHERE kind = ? ORDER BY seq DESC')
  const remove = database.prepare('DELETE FROM documents WHERE kind = ? AND id = ?')
  const nextDue = database.prepare(
    'SELECT kind, id, due_at FROM documents WHERE due_at <= ? ORDER BY due_at, seq LIMIT 1',
  )
  const save = database.prepare(`
    INSERT INTO documents (kind, id, due_at, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, id) DO UPDATE SET due_at = excluded.due_at, body = excluded.body`)

  return {
    find: (kind, id) => {
      const row = find.get(kind, id)
      return row && JSON.parse(String(row.body))
    },
    all: (kind) => all.all(kind).map((row) => JSON.parse(String(row.body))),
    save: (kind, document) => {
      save.run(kind, document.id, dueAt[kind]?.(document) ?? null, JSON.stringify(document))
    },
    remove: (kind, id) => {
      remove.run(kind, id)
    },
    nextDue: (until) => {
      const row = nextDue.get(until)
      return row && { kind: String(row.kind), id: String(row.id), at: Number(row.due_at) }
    },
    transaction: (work) => {
      database.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        database.exec('COMMIT')
        return result
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    close: () => database.close(),
  }
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    due_at INTEGER,
    body TEXT NOT NULL,
    UNIQUE (kind, id)
  );
  CREATE INDEX IF NOT EXISTS documents_due ON documents (due_at, seq) WHERE due_at IS NOT NULL;
`
