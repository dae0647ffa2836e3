import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { type BuyerStore, forgottenReader } from './subscription-store.ts'

/** Who buys, in SQLite. Expects the tables of the attempts and of the access. `now` gives epoch milliseconds. */
export function createSqliteBuyerStore(database: DatabaseSync, now: () => number): BuyerStore {
  database.exec(tables)
  const selectCustomer = database.prepare(
    'SELECT customer FROM customers WHERE reader = ? AND is_current = 1',
  )
  const selectCustomers = database.prepare(
    'SELECT customer FROM customers WHERE reader = ? ORDER BY customer',
  )
  const retire = database.prepare('UPDATE customers SET is_current = 0 WHERE reader = ?')
  const saveCustomer = database.prepare(
    'INSERT OR REPLACE INTO customers (reader, customer, is_current) VALUES (?, ?, 1)',
  )
  const selectTurn = database.prepare('SELECT 1 AS taken FROM turns WHERE reader = ? AND until_ms > ?')
  const takeTurn = database.prepare(
    'INSERT OR REPLACE INTO turns (reader, holder, until_ms) VALUES (?, ?, ?)',
  )
  const endTurn = database.prepare('DELETE FROM turns WHERE reader = ? AND holder = ?')
  const selectOffers = database.prepare('SELECT offer FROM bought_offers WHERE reader = ? ORDER BY offer')
  const selectHeld = database.prepare(`SELECT id FROM attempts WHERE attempt ->> '$.reader' = ? ORDER BY id`)
  const selectRedeemed = database.prepare(
    'SELECT attempt AS id FROM gift_redemptions WHERE reader = ? ORDER BY attempt',
  )
  const selectSubscriptions = database.prepare(
    'SELECT subscription AS id FROM access WHERE reader = ? ORDER BY subscription',
  )
  const move = moves.map((statement) => database.prepare(statement))
  const forget = forgets.map((statement) => database.prepare(statement))
  const forgetAttempts = database.prepare(forgottenAttempts)
  const forgetRedemptions = database.prepare('UPDATE gift_redemptions SET reader = ? WHERE reader = ?')

  return {
    async customer(reader) {
      return customerRow.optional().parse(selectCustomer.get(reader))?.customer ?? null
    },
    async customers(reader) {
      return customerRow
        .array()
        .parse(selectCustomers.all(reader))
        .map(({ customer }) => customer)
    },
    async saveCustomer(reader, customer) {
      inTransaction(database, () => {
        retire.run(reader)
        saveCustomer.run(reader, customer)
      })
    },
    async takeTurn(reader, holder, leaseMs) {
      return inTransaction(database, () => {
        if (selectTurn.get(reader, now()) !== undefined) return false
        takeTurn.run(reader, holder, now() + leaseMs)
        return true
      })
    },
    async endTurn(reader, holder) {
      endTurn.run(reader, holder)
    },
    async boughtOffers(reader) {
      return offerRow
        .array()
        .parse(selectOffers.all(reader))
        .map(({ offer }) => offer)
    },
    async heldBy(reader) {
      const ids = (statement: typeof selectHeld) =>
        idRow
          .array()
          .parse(statement.all(reader))
          .map(({ id }) => id)
      return {
        attempts: ids(selectHeld),
        redeemed: ids(selectRedeemed),
        subscriptions: ids(selectSubscriptions),
      }
    },
    async moveReader(from, into) {
      if (from === into) return
      inTransaction(database, () => {
        for (const statement of move) statement.run({ from, into })
      })
    },
    async forgetReader(reader) {
      const nobody = forgottenReader(reader.slice(0, reader.indexOf(':')))
      inTransaction(database, () => {
        forgetAttempts.run(nobody, reader)
        forgetRedemptions.run(nobody, reader)
        for (const statement of forget) statement.run(reader)
      })
    },
  }
}

/** Of two answers about one subscription the later asked stands; the customer for new purchases stays the receiver's. */
const moves = [
  `UPDATE attempts SET attempt = json_set(attempt, '$.reader', :into) WHERE attempt ->> '$.reader' = :from`,
  'UPDATE gift_redemptions SET reader = :into WHERE reader = :from',
  `DELETE FROM access WHERE reader = :from AND EXISTS (SELECT 1 FROM access AS other
    WHERE other.reader = :into AND other.subscription = access.subscription AND other.ticket >= access.ticket)`,
  'UPDATE OR REPLACE access SET reader = :into WHERE reader = :from',
  `UPDATE customers SET is_current = 0
    WHERE reader = :from AND EXISTS (SELECT 1 FROM customers WHERE reader = :into AND is_current = 1)`,
  `UPDATE OR IGNORE customers SET reader = :into WHERE reader = :from`,
  `UPDATE OR IGNORE bought_offers SET reader = :into WHERE reader = :from`,
  `DELETE FROM customers WHERE reader = :from AND :into IS NOT NULL`,
  `DELETE FROM bought_offers WHERE reader = :from AND :into IS NOT NULL`,
]

/** Of a gift that is paid the session stays: whoever was given its link can accept it all the same. */
const forgottenAttempts = `UPDATE attempts SET
  session = CASE WHEN ended = 'complete' AND attempt ->> '$.gift' IS NOT NULL THEN session END,
  ended = coalesce(ended, 'expired'),
  attempt = json_remove(json_set(attempt, '$.reader', ?1, '$.returnTo', ''), '$.visit')
  WHERE attempt ->> '$.reader' = ?2`

const forgets = [
  'DELETE FROM live_subscriptions WHERE subscription IN (SELECT subscription FROM access WHERE reader = ?)',
  'DELETE FROM access WHERE reader = ?',
  'DELETE FROM customers WHERE reader = ?',
  'DELETE FROM bought_offers WHERE reader = ?',
]

const tables = `
  CREATE TABLE IF NOT EXISTS customers (
    reader TEXT NOT NULL, customer TEXT NOT NULL, is_current INTEGER NOT NULL, PRIMARY KEY (reader, customer)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS turns (reader TEXT PRIMARY KEY, holder TEXT NOT NULL, until_ms INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS bought_offers (reader TEXT NOT NULL, offer TEXT NOT NULL, PRIMARY KEY (reader, offer)) WITHOUT ROWID;
`

const customerRow = z.object({ customer: z.string() })
const idRow = z.object({ id: z.string() })
const offerRow = z.object({ offer: z.string() })
