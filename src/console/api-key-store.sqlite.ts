import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { apiKeySchema } from './api-key.ts'
import type { ApiKeyStore } from './api-key-store.ts'

/** The keys in SQLite. */
export function createSqliteApiKeyStore(database: DatabaseSync): ApiKeyStore {
  database.exec(tables)
  const select = database.prepare('SELECT json FROM api_keys')
  const write = database.prepare('INSERT OR REPLACE INTO api_keys (id, json) VALUES (?, ?)')
  const selectRevision = database.prepare('SELECT revision FROM api_keys_revision')
  const raise = database.prepare('UPDATE api_keys_revision SET revision = revision + 1')

  return {
    keysRevision: async () => z.object({ revision: z.int() }).parse(selectRevision.get()).revision,
    async apiKeys() {
      return select.all().map((row) => apiKeySchema.parse(JSON.parse(jsonRow.parse(row).json)))
    },
    async saveApiKey(key) {
      inTransaction(database, () => {
        write.run(key.id, JSON.stringify(key))
        raise.run()
      })
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS api_keys (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS api_keys_revision (id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL);
  INSERT OR IGNORE INTO api_keys_revision (id, revision) VALUES (1, 0);
`

const jsonRow = z.object({ json: z.string() })
