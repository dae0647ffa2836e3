import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { attemptSchema } from './attempt.ts'
import type { AttemptStore, GiftRedemption } from './subscription-store.ts'

/** Attempts in SQLite. What they are looked up by is indexed in the JSON itself. */
export function createSqliteAttemptStore(database: DatabaseSync): AttemptStore {
  database.exec(tables)
  const insert = database.prepare('INSERT OR REPLACE INTO attempts (id, attempt) VALUES (?, ?)')
  const select = database.prepare('SELECT attempt, session, ended FROM attempts WHERE id = ?')
  const open = database.prepare('UPDATE attempts SET session = ? WHERE id = ?')
  const end = database.prepare(`UPDATE attempts SET ended = ?1, attempt = json_set(attempt, '$.refused', ?2)
    WHERE id = ?3 AND ended IS NOT 'complete'`)
  const selectOpen = database.prepare(`SELECT id FROM attempts WHERE ended IS NULL
    AND (?1 IS NULL OR attempt ->> '$.reader' = ?1) ORDER BY attempt ->> '$.expiresAtMs', id`)
  const selectConsents = database.prepare(`SELECT id FROM attempts WHERE attempt ->> '$.site' = ?
    AND attempt ->> '$.consent.atMs' >= ? AND attempt ->> '$.consent.atMs' < ?
    ORDER BY attempt ->> '$.consent.atMs', id`)
  const isTaken = database.prepare('SELECT 1 AS taken FROM redemptions WHERE offer = ? AND attempt = ?')
  const countTaken = database.prepare('SELECT count(*) AS taken FROM redemptions WHERE offer = ?')
  const take = database.prepare('INSERT INTO redemptions (offer, attempt) VALUES (?, ?)')
  const giveBack = database.prepare('DELETE FROM redemptions WHERE offer = ? AND attempt = ?')
  const redeem = database.prepare(
    'INSERT OR IGNORE INTO gift_redemptions (attempt, reader, at_ms, until_ms) VALUES (?, ?, ?, ?)',
  )
  const selectRedemption = database.prepare(
    'SELECT reader, at_ms AS atMs, until_ms AS untilMs FROM gift_redemptions WHERE attempt = ?',
  )

  function attempt(id: string) {
    const row = select.get(id)
    if (row === undefined) return null
    const { attempt: kept, session, ended } = attemptRow.parse(row)
    return attemptSchema.parse({ ...JSON.parse(kept), session, status: ended ?? 'open' })
  }

  function redemptions(offer: string): number {
    return countRow.parse(countTaken.get(offer)).taken
  }

  function redemptionOf(id: string): GiftRedemption | null {
    return redemptionRow.optional().parse(selectRedemption.get(id)) ?? null
  }

  return {
    async saveAttempt(fresh) {
      insert.run(fresh.id, JSON.stringify(fresh))
    },
    async attempt(id) {
      return attempt(id)
    },
    async attemptOpened(id, session) {
      open.run(session, id)
    },
    async attemptEnded(id, status, refused = null) {
      end.run(status, refused, id)
    },
    async openAttempts(reader) {
      return idRows.parse(selectOpen.all(reader ?? null)).map(({ id }) => id)
    },
    async *attemptsBetween(site, fromMs, toMs) {
      for (const { id } of idRows.parse(selectConsents.all(site, fromMs, toMs))) {
        const found = attempt(id)
        if (found !== null) yield found
      }
    },
    async takeRedemption(offer, id, most) {
      return inTransaction(database, () => {
        if (isTaken.get(offer, id) !== undefined) return true
        if (redemptions(offer) >= most) return false
        take.run(offer, id)
        return true
      })
    },
    async giveBackRedemption(offer, id) {
      giveBack.run(offer, id)
    },
    async redemptions(offer) {
      return redemptions(offer)
    },
    async redeemGift(id, redemption) {
      redeem.run(id, redemption.reader, redemption.atMs, redemption.untilMs)
      return redemptionOf(id) ?? redemption
    },
    async giftRedemption(id) {
      return redemptionOf(id)
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS attempts (id TEXT PRIMARY KEY, attempt TEXT NOT NULL, session TEXT, ended TEXT) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS attempts_of_reader ON attempts (attempt ->> '$.reader');
  CREATE INDEX IF NOT EXISTS attempts_by_consent ON attempts (attempt ->> '$.site', attempt ->> '$.consent.atMs');
  CREATE INDEX IF NOT EXISTS attempts_open ON attempts (id) WHERE ended IS NULL;
  CREATE TABLE IF NOT EXISTS redemptions (offer TEXT NOT NULL, attempt TEXT NOT NULL, PRIMARY KEY (offer, attempt)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS gift_redemptions (
    attempt TEXT PRIMARY KEY, reader TEXT NOT NULL, at_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL
  ) WITHOUT ROWID;
`

const attemptRow = z.object({
  attempt: z.string(),
  session: z.string().nullable(),
  ended: z.string().nullable(),
})
const idRows = z.array(z.object({ id: z.string() }))
const countRow = z.object({ taken: z.int() })
const redemptionRow = z.object({ reader: z.string(), atMs: z.int(), untilMs: z.int() })
