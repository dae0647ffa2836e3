import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { linkSchema, type Session, type SessionStore, sessionSchema } from './session-store.ts'

/** Sessions and links in SQLite. `now` gives epoch milliseconds; it only says what has expired. */
export function createSqliteSessionStore(database: DatabaseSync, now: () => number): SessionStore {
  database.exec(tables)
  const selectSession = database.prepare('SELECT json FROM sessions WHERE hash = ? AND expires_ms > ?')
  const selectSessions = database.prepare('SELECT json FROM sessions WHERE person = ? AND expires_ms > ?')
  const writeSession = database.prepare(
    'INSERT OR REPLACE INTO sessions (hash, person, expires_ms, json) VALUES (?, ?, ?, ?)',
  )
  const deleteSession = database.prepare('DELETE FROM sessions WHERE hash = ?')
  const writeLink = database.prepare('INSERT OR REPLACE INTO links (hash, expires_ms, json) VALUES (?, ?, ?)')
  const selectLink = database.prepare('SELECT json FROM links WHERE hash = ? AND expires_ms > ?')
  const takeLink = database.prepare('DELETE FROM links WHERE hash = ? AND expires_ms > ? RETURNING json')
  const expirations = ['sessions', 'links'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE expires_ms <= ?`),
  )

  return {
    async session(hash) {
      const row = selectSession.get(hash, now())
      return row === undefined ? null : readSession(row)
    },
    async saveSession(session) {
      for (const expire of expirations) expire.run(now())
      writeSession.run(session.hash, session.person, session.expiresAtMs, JSON.stringify(session))
    },
    sessionsOf: async (person) => selectSessions.all(person, now()).map(readSession),
    async endSession({ hash }) {
      deleteSession.run(hash)
    },
    async saveLink(hash, link, expiresAtMs) {
      writeLink.run(hash, expiresAtMs, JSON.stringify(link))
    },
    async peekLink(hash) {
      const row = selectLink.get(hash, now())
      return row === undefined ? null : linkSchema.parse(jsonOf(row))
    },
    async takeLink(hash) {
      const row = takeLink.get(hash, now())
      return row === undefined ? null : linkSchema.parse(jsonOf(row))
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, person TEXT NOT NULL, expires_ms INTEGER NOT NULL, json TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS sessions_person ON sessions (person);
  CREATE TABLE IF NOT EXISTS links (hash TEXT PRIMARY KEY, expires_ms INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
`

const jsonRow = z.object({ json: z.string() })

function jsonOf(row: unknown): unknown {
  return JSON.parse(jsonRow.parse(row).json)
}

function readSession(row: unknown): Session {
  return sessionSchema.parse(jsonOf(row))
}
