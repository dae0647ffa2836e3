import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import type { GiftQuestion, GiftState, GiftStore, NewGift } from './gift-store.ts'

/** Gifts in SQLite. `now` gives epoch milliseconds; it only says what has expired. */
export function createSqliteGiftStore(database: DatabaseSync, now: () => number): GiftStore {
  database.exec(tables)
  const selectMonth = database.prepare('SELECT from_ms AS "from", made FROM gift_months WHERE maker = ?')
  const writeMonth = database.prepare(
    'INSERT OR REPLACE INTO gift_months (maker, from_ms, made, expires_ms) VALUES (?, ?, ?, ?)',
  )
  const countMore = database.prepare('UPDATE gift_months SET made = made + 1 WHERE maker = ?')
  const insertGift = database.prepare(
    'INSERT INTO gifts (gift, maker, revoked, expires_ms) VALUES (?, ?, 0, ?)',
  )
  const selectGift = database.prepare('SELECT revoked FROM gifts WHERE gift = ?')
  const revoke = database.prepare('UPDATE gifts SET revoked = 1 WHERE gift = ? AND maker = ?')
  const selectReader = database.prepare('SELECT 1 FROM gift_readers WHERE gift = ? AND reader = ?')
  const countReaders = database.prepare('SELECT count(*) AS readers FROM gift_readers WHERE gift = ?')
  const insertReader = database.prepare('INSERT OR IGNORE INTO gift_readers (gift, reader) VALUES (?, ?)')
  const expirations = [
    'DELETE FROM gift_readers WHERE gift IN (SELECT gift FROM gifts WHERE expires_ms <= ?)',
    'DELETE FROM gifts WHERE expires_ms <= ?',
    'DELETE FROM gift_months WHERE expires_ms <= ?',
  ].map((statement) => database.prepare(statement))

  const selectMade = database.prepare('SELECT gift FROM gifts WHERE maker = ? ORDER BY gift')
  const selectOpened = database.prepare('SELECT gift FROM gift_readers WHERE reader = ? ORDER BY gift')
  const move = [
    'UPDATE gifts SET maker = $into WHERE maker = $from',
    'INSERT OR IGNORE INTO gift_readers (gift, reader) SELECT gift, $into FROM gift_readers WHERE reader = $from',
    `INSERT INTO gift_months (maker, from_ms, made, expires_ms)
      SELECT $into, from_ms, made, expires_ms FROM gift_months WHERE maker = $from
      ON CONFLICT (maker) DO UPDATE SET
        made = CASE WHEN excluded.from_ms > from_ms THEN excluded.made
          WHEN excluded.from_ms = from_ms THEN made + excluded.made ELSE made END,
        expires_ms = max(expires_ms, excluded.expires_ms),
        from_ms = max(from_ms, excluded.from_ms)`,
  ].map((statement) => database.prepare(statement))
  const moved = ['DELETE FROM gift_readers WHERE reader = ?', 'DELETE FROM gift_months WHERE maker = ?'].map(
    (statement) => database.prepare(statement),
  )
  const forget = [
    'DELETE FROM gift_readers WHERE gift IN (SELECT gift FROM gifts WHERE maker = ?)',
    'DELETE FROM gifts WHERE maker = ?',
    'DELETE FROM gift_readers WHERE reader = ?',
    'DELETE FROM gift_months WHERE maker = ?',
  ].map((statement) => database.prepare(statement))

  function giftsOf(reader: string): { made: string[]; opened: string[] } {
    const ids = (statement: typeof selectMade) => idRows.parse(statement.all(reader)).map(({ gift }) => gift)
    return { made: ids(selectMade), opened: ids(selectOpened) }
  }

  /** Every operation begins with it, and is one with it. */
  function expiring<T>(steps: () => T): T {
    return inTransaction(database, () => {
      for (const expire of expirations) expire.run(now())
      return steps()
    })
  }

  /** Servers whose clocks disagree about the month must not begin it twice: the later month stays. */
  function countGift(maker: string, month: NewGift['month']): number | null {
    const kept = monthRow.optional().parse(selectMonth.get(maker))
    const made = kept !== undefined && kept.from >= month.from ? kept.made : 0
    if (made >= month.limit) return null
    if (made === 0) writeMonth.run(maker, month.from, 1, month.until)
    else countMore.run(maker)
    return month.limit - made - 1
  }

  function stateOf({ gift, reader, readers }: GiftQuestion): GiftState {
    const known = giftRow.optional().parse(selectGift.get(gift))
    if (known === undefined || known.revoked === 1) return 'revoked'
    if (selectReader.get(gift, reader) !== undefined) return 'open'
    return readersRow.parse(countReaders.get(gift)).readers < readers ? 'open' : 'used_up'
  }

  return {
    async makeGift({ gift, maker, expiresAtMs, month }) {
      return expiring(() => {
        const left = countGift(maker, month)
        if (left === null) return null
        insertGift.run(gift, maker, expiresAtMs)
        return { left }
      })
    },
    async redeemGift(question) {
      return expiring(() => {
        const state = stateOf(question)
        if (state === 'open') insertReader.run(question.gift, question.reader)
        return state
      })
    },
    async peekGift(question) {
      return expiring(() => stateOf(question))
    },
    async giftsOf(reader) {
      return expiring(() => giftsOf(reader))
    },
    async moveReader(from, into) {
      expiring(() => {
        for (const statement of move) statement.run({ from, into })
        for (const statement of moved) statement.run(from)
      })
    },
    async forgetReader(reader) {
      expiring(() => {
        for (const statement of forget) statement.run(reader)
      })
    },
    async revokeGift({ gift, maker }) {
      return expiring(() => revoke.run(gift, maker).changes > 0)
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS gifts (
    gift TEXT PRIMARY KEY, maker TEXT NOT NULL, revoked INTEGER NOT NULL, expires_ms INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS gifts_expiry ON gifts (expires_ms);
  CREATE TABLE IF NOT EXISTS gift_readers (gift TEXT NOT NULL, reader TEXT NOT NULL, PRIMARY KEY (gift, reader)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS gifts_of_maker ON gifts (maker);
  CREATE INDEX IF NOT EXISTS gifts_of_reader ON gift_readers (reader);
  CREATE TABLE IF NOT EXISTS gift_months (
    maker TEXT PRIMARY KEY, from_ms INTEGER NOT NULL, made INTEGER NOT NULL, expires_ms INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS gift_months_expiry ON gift_months (expires_ms);
`

const monthRow = z.object({ from: z.int(), made: z.int() })
const idRows = z.array(z.object({ gift: z.string() }))
const giftRow = z.object({ revoked: z.int() })
const readersRow = z.object({ readers: z.int() })
