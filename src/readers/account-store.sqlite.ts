import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { type AccountStore, mostSessions, seenEveryMs, sessionLifeMs } from './account-store.ts'
import { deviceSchema } from './device.ts'

/** Accounts and sessions in SQLite. */
export function createSqliteAccountStore(database: DatabaseSync): AccountStore {
  database.exec(tables)
  const insertKey = database.prepare('INSERT OR IGNORE INTO account_name_key (id, key) VALUES (1, ?)')
  const selectKey = database.prepare('SELECT key AS value FROM account_name_key')
  const insertName = database.prepare('INSERT OR IGNORE INTO account_names (name, account) VALUES (?, ?)')
  const selectName = database.prepare('SELECT account AS value FROM account_names WHERE name = ?')
  const insertAccount = database.prepare(
    'INSERT OR IGNORE INTO reader_accounts (reader, name, email, since_ms) VALUES (?, ?, ?, ?)',
  )
  const selectAccount = database.prepare(
    'SELECT name, email, since_ms AS sinceMs FROM reader_accounts WHERE reader = ?',
  )
  const insertSession = database.prepare(
    'INSERT OR IGNORE INTO reader_sessions (reader, session, device, started_ms, seen_ms) VALUES (?, ?, ?, ?, ?)',
  )
  const dropOthers = database.prepare(
    `DELETE FROM reader_sessions WHERE reader = ? AND session <> ? AND (seen_ms <= ? OR session NOT IN
      (SELECT session FROM reader_sessions WHERE reader = ? AND session <> ? ORDER BY seen_ms DESC, session LIMIT ?))`,
  )
  const noteSeen = database.prepare(
    'UPDATE reader_sessions SET seen_ms = ? WHERE reader = ? AND session = ? AND seen_ms <= ?',
  )
  const selectSession = database.prepare(
    'SELECT 1 FROM reader_sessions WHERE reader = ? AND session = ? AND seen_ms > ?',
  )
  const selectSessions = database.prepare(
    `SELECT session AS id, device, started_ms AS startedMs, seen_ms AS seenMs FROM reader_sessions
      WHERE reader = ? AND seen_ms > ? ORDER BY seen_ms DESC`,
  )
  const deleteSession = database.prepare('DELETE FROM reader_sessions WHERE reader = ? AND session = ?')
  const forget = [
    'DELETE FROM account_names WHERE name = (SELECT name FROM reader_accounts WHERE reader = ?)',
    'DELETE FROM reader_sessions WHERE reader = ?',
    'DELETE FROM reader_accounts WHERE reader = ?',
  ].map((statement) => database.prepare(statement))

  return {
    async nameKey(fresh) {
      insertKey.run(fresh)
      return valueRow.parse(selectKey.get()).value
    },
    async accountNamed(name, id) {
      insertName.run(name, id)
      return valueRow.parse(selectName.get(name)).value
    },
    async saveAccount(reader, { name, email, sinceMs }) {
      insertAccount.run(reader, name, email, sinceMs)
    },
    async account(reader) {
      return accountRow.optional().parse(selectAccount.get(reader)) ?? null
    },

    async startSession(reader, { id, device, startedMs, seenMs }) {
      inTransaction(database, () => {
        const { changes } = insertSession.run(reader, id, JSON.stringify(device), startedMs, seenMs)
        if (changes > 0) dropOthers.run(reader, id, seenMs - sessionLifeMs, reader, id, mostSessions - 1)
      })
    },
    async seeSession({ reader, session, now }) {
      if (selectSession.get(reader, session, now - sessionLifeMs) === undefined) return false
      noteSeen.run(now, reader, session, now - seenEveryMs)
      return true
    },
    async sessions(reader, now) {
      return sessionRows.parse(selectSessions.all(reader, now - sessionLifeMs))
    },
    async endSession(reader, session) {
      return deleteSession.run(reader, session).changes > 0
    },

    async forgetAccount(reader) {
      inTransaction(database, () => {
        for (const statement of forget) statement.run(reader)
      })
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS account_name_key (id INTEGER PRIMARY KEY, key TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS account_names (name TEXT PRIMARY KEY, account TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS reader_accounts (
    reader TEXT PRIMARY KEY, name TEXT, email TEXT, since_ms INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS reader_sessions (
    reader TEXT NOT NULL, session TEXT NOT NULL, device TEXT NOT NULL, started_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL, PRIMARY KEY (reader, session)
  ) WITHOUT ROWID;
`

const valueRow = z.object({ value: z.string() })
const accountRow = z.object({ name: z.string().nullable(), email: z.string().nullable(), sinceMs: z.int() })
const sessionRows = z.array(
  z.object({
    id: z.string(),
    device: z.string().transform((text) => deviceSchema.parse(JSON.parse(text))),
    startedMs: z.int(),
    seenMs: z.int(),
  }),
)
