import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { AmpLinkStore } from './amp-link-store.ts'

/** AMP readers in SQLite. `now` gives epoch milliseconds; it only says what has expired. */
export function createSqliteAmpLinkStore(database: DatabaseSync, now: () => number): AmpLinkStore {
  database.exec(tables)
  const expire = database.prepare('DELETE FROM amp_readers WHERE expires_ms <= ?')
  const write = database.prepare(
    'INSERT OR REPLACE INTO amp_readers (amp_reader, reader, registered, expires_ms) VALUES (?, ?, ?, ?)',
  )
  const select = database.prepare(
    'SELECT reader, registered FROM amp_readers WHERE amp_reader = ? AND expires_ms > ?',
  )
  const selectOf = database.prepare(
    'SELECT amp_reader AS ampReader FROM amp_readers WHERE reader = ? AND expires_ms > ? ORDER BY amp_reader',
  )
  const move = database.prepare('UPDATE amp_readers SET reader = ?, registered = 1 WHERE reader = ?')
  const forget = database.prepare('DELETE FROM amp_readers WHERE reader = ?')

  return {
    async connect({ ampReader, reader, registered, expiresAtMs }) {
      expire.run(now())
      write.run(ampReader, reader, Number(registered), expiresAtMs)
    },
    async connected(ampReader) {
      return rowSchema.optional().parse(select.get(ampReader, now())) ?? null
    },
    async ampReadersOf(reader) {
      return listSchema.parse(selectOf.all(reader, now())).map(({ ampReader }) => ampReader)
    },
    async moveReader(from, into) {
      move.run(into, from)
    },
    async forgetReader(reader) {
      forget.run(reader)
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS amp_readers (
    amp_reader TEXT PRIMARY KEY, reader TEXT NOT NULL, registered INTEGER NOT NULL, expires_ms INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS amp_readers_expiry ON amp_readers (expires_ms);
  CREATE INDEX IF NOT EXISTS amp_readers_of ON amp_readers (reader);
`

const rowSchema = z.object({ reader: z.string(), registered: z.int().transform((kept) => kept === 1) })
const listSchema = z.array(z.object({ ampReader: z.string() }))
