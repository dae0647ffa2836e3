import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { accessSchema } from './access.ts'
import { attemptSchema } from './attempt.ts'
import type { AccessWrite, SubscriptionStore } from './subscription-store.ts'

/** Attempts and access in SQLite. */
export function createSqliteSubscriptionStore(database: DatabaseSync): SubscriptionStore {
  database.exec(tables)
  const insertAttempt = database.prepare('INSERT INTO attempts (id, attempt) VALUES (?, ?)')
  const selectAttempt = database.prepare('SELECT attempt, session, ended FROM attempts WHERE id = ?')
  const openAttempt = database.prepare('UPDATE attempts SET session = ? WHERE id = ?')
  const endAttempt = database.prepare('UPDATE attempts SET ended = ? WHERE id = ? AND ended IS NULL')
  const selectAccess = database.prepare(
    'SELECT access FROM access WHERE reader = ? AND access IS NOT NULL ORDER BY until_ms DESC LIMIT 1',
  )
  const nextTicket = database.prepare('UPDATE sync_ticket SET ticket = ticket + 1 RETURNING ticket')
  const selectTicket = database.prepare('SELECT ticket FROM access WHERE reader = ? AND subscription = ?')
  const writeAccess = database.prepare(
    'INSERT OR REPLACE INTO access (reader, subscription, ticket, until_ms, standing, access) VALUES (?, ?, ?, ?, ?, ?)',
  )

  function save({ reader, subscription, access, ticket }: AccessWrite): boolean {
    const before = selectTicket.get(reader, subscription)
    if (before !== undefined && ticketRow.parse(before).ticket >= ticket) return false
    const values =
      access === null ? [null, null, null] : [access.untilMs, access.standing, JSON.stringify(access)]
    writeAccess.run(reader, subscription, ticket, ...values)
    return true
  }

  return {
    async saveAttempt(attempt) {
      insertAttempt.run(attempt.id, JSON.stringify(attempt))
    },
    async attempt(id) {
      const row = selectAttempt.get(id)
      if (row === undefined) return null
      const { attempt, session, ended } = attemptRow.parse(row)
      return attemptSchema.parse({ ...JSON.parse(attempt), session, status: ended ?? 'open' })
    },
    async attemptOpened(id, session) {
      openAttempt.run(session, id)
    },
    async attemptEnded(id, status) {
      endAttempt.run(status, id)
    },
    async access(reader) {
      const row = selectAccess.get(reader)
      return row === undefined ? null : accessSchema.parse(JSON.parse(accessRow.parse(row).access))
    },
    async takeTicket() {
      return ticketRow.parse(nextTicket.get()).ticket
    },
    async saveAccess(write) {
      return inTransaction(database, () => save(write))
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS attempts (id TEXT PRIMARY KEY, attempt TEXT NOT NULL, session TEXT, ended TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS access (
    reader TEXT NOT NULL, subscription TEXT NOT NULL, ticket INTEGER NOT NULL,
    until_ms INTEGER, standing TEXT, access TEXT,
    PRIMARY KEY (reader, subscription)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sync_ticket (id INTEGER PRIMARY KEY CHECK (id = 1), ticket INTEGER NOT NULL);
  INSERT OR IGNORE INTO sync_ticket (id, ticket) VALUES (1, 0);
`

const attemptRow = z.object({
  attempt: z.string(),
  session: z.string().nullable(),
  ended: z.string().nullable(),
})
const accessRow = z.object({ access: z.string() })
const ticketRow = z.object({ ticket: z.int() })
