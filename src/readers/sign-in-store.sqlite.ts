import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { type SignInRequest, type SignInStore, signInRequestSchema } from './sign-in-store.ts'

/** Mailed links in SQLite. `now` gives epoch milliseconds; it only says what has expired. */
export function createSqliteSignInStore(database: DatabaseSync, now: () => number): SignInStore {
  database.exec(tables)
  const expire = database.prepare('DELETE FROM sign_ins WHERE expires_ms <= ?')
  const insert = database.prepare(
    'INSERT OR REPLACE INTO sign_ins (link, request, browser, expires_ms) VALUES (?, ?, NULL, ?)',
  )
  const select = database.prepare('SELECT request, browser FROM sign_ins WHERE link = ?')
  const take = database.prepare('UPDATE sign_ins SET browser = ? WHERE link = ? AND browser IS NULL')
  const finish = database.prepare('DELETE FROM sign_ins WHERE link = ?')

  function linkNow(link: string) {
    expire.run(now())
    return linkRow.optional().parse(select.get(link))
  }

  return {
    async saveLink(link, request, lastsMs) {
      insert.run(link, JSON.stringify(request), now() + lastsMs)
    },
    async link(link) {
      return linkNow(link)?.request ?? null
    },
    async takeLink(link, browser) {
      return inTransaction(database, () => {
        take.run(browser, link)
        const kept = linkNow(link)
        return kept?.browser === browser ? kept.request : null
      })
    },
    async finishLink(link) {
      finish.run(link)
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS sign_ins (
    link TEXT PRIMARY KEY, request TEXT NOT NULL, browser TEXT, expires_ms INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS sign_ins_expiry ON sign_ins (expires_ms);
`

const linkRow = z.object({
  request: z.string().transform((text): SignInRequest => signInRequestSchema.parse(JSON.parse(text))),
  browser: z.string().nullable(),
})
