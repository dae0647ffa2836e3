import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { AmpLinkStore } from './amp-link-store.ts'

/** AMP readers in SQLite. `now` gives epoch milliseconds; it only says what has expired. */
export function createSqliteAmpLinkStore(database: DatabaseSync, now: () => number): AmpLinkStore {
  database.exec(tables)
  const expire = database.prepare('DELETE FROM amp_links WHERE expires_ms <= ?')
  const write = database.prepare(
    'INSERT OR REPLACE INTO amp_links (amp_reader, reader, expires_ms) VALUES (?, ?, ?)',
  )
  const select = database.prepare('SELECT reader FROM amp_links WHERE amp_reader = ? AND expires_ms > ?')

  return {
    async connect({ ampReader, reader, expiresAtMs }) {
      expire.run(now())
      write.run(ampReader, reader, expiresAtMs)
    },
    async connected(ampReader) {
      return rowSchema.optional().parse(select.get(ampReader, now()))?.reader ?? null
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS amp_links (
    amp_reader TEXT PRIMARY KEY, reader TEXT NOT NULL, expires_ms INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS amp_links_expiry ON amp_links (expires_ms);
`

const rowSchema = z.object({ reader: z.string() })
