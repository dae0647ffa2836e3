import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { accessSchema } from './access.ts'
import { createSqliteAttemptStore } from './attempt-store.sqlite.ts'
import { createSqliteBuyerStore } from './buyer-store.sqlite.ts'
import { attemptOfGift } from './gift-id.ts'
import type { AccessStore, AccessWrite, SubscriptionStore } from './subscription-store.ts'

/** Attempts, buyers and access in SQLite. `now` gives epoch milliseconds; it only says when a turn has run out. */
export function createSqliteSubscriptionStore(database: DatabaseSync, now: () => number): SubscriptionStore {
  database.exec(tables)
  return {
    ...createSqliteAttemptStore(database),
    ...createSqliteBuyerStore(database, now),
    ...createSqliteAccessStore(database),
  }
}

function createSqliteAccessStore(database: DatabaseSync): AccessStore {
  const selectAccess = database.prepare(
    'SELECT access FROM access WHERE reader = ? AND access IS NOT NULL ORDER BY until_ms DESC, subscription LIMIT 1',
  )
  const nextTicket = database.prepare('UPDATE sync_ticket SET ticket = ticket + 1 RETURNING ticket')
  const select = database.prepare('SELECT ticket, access FROM access WHERE reader = ? AND subscription = ?')
  const write = database.prepare(
    'INSERT OR REPLACE INTO access (reader, subscription, ticket, until_ms, standing, access) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const buyerOf = database.prepare("SELECT attempt ->> '$.reader' AS reader FROM attempts WHERE id = ?")
  const redeemerOf = database.prepare('SELECT reader FROM gift_redemptions WHERE attempt = ?')
  const noteOffer = database.prepare('INSERT OR IGNORE INTO bought_offers (reader, offer) VALUES (?, ?)')
  const noteLive = database.prepare(`INSERT INTO live_subscriptions (subscription, ticket) VALUES (?1, ?2)
    ON CONFLICT (subscription) DO UPDATE SET ticket = max(ticket, ?2)`)
  const dropLive = database.prepare('DELETE FROM live_subscriptions WHERE subscription = ?')
  const selectLive = database.prepare(
    'SELECT subscription FROM live_subscriptions ORDER BY ticket, subscription LIMIT ?',
  )
  const selectReconciled = database.prepare('SELECT until_ms AS untilMs FROM reconciled')
  const writeReconciled = database.prepare('INSERT OR REPLACE INTO reconciled (id, until_ms) VALUES (1, ?)')

  function save(wanted: AccessWrite): 'changed' | 'same' | 'older' {
    const { subscription, access, isOver, ticket } = wanted
    const reader = holderOf(wanted)
    const before = accessRow.optional().parse(select.get(reader, subscription))
    if (before !== undefined && before.ticket >= ticket) return 'older'
    const text = access === null ? null : JSON.stringify(access)
    write.run(reader, subscription, ticket, access?.untilMs ?? null, access?.standing ?? null, text)
    if (access !== null) noteOffer.run(reader, access.offer)
    if (isOver) dropLive.run(subscription)
    else noteLive.run(subscription, ticket)
    return (before?.access ?? null) === text ? 'same' : 'changed'
  }

  function holderOf({ reader, attempt }: AccessWrite): string {
    const gift = attemptOfGift(attempt)
    const row = gift === null ? buyerOf.get(attempt) : redeemerOf.get(gift)
    return readerRow.optional().parse(row)?.reader ?? reader
  }

  return {
    async access(reader) {
      const row = selectAccess.get(reader)
      return row === undefined ? null : accessSchema.parse(JSON.parse(currentRow.parse(row).access))
    },
    async takeTicket() {
      return ticketRow.parse(nextTicket.get()).ticket
    },
    async saveAccess(wanted) {
      return inTransaction(database, () => save(wanted))
    },
    async liveSubscriptions(most) {
      return liveRows.parse(selectLive.all(most)).map(({ subscription }) => subscription)
    },
    async reconciledUntil() {
      return reconciledRow.optional().parse(selectReconciled.get())?.untilMs ?? null
    },
    async saveReconciledUntil(instant) {
      writeReconciled.run(instant)
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS access (
    reader TEXT NOT NULL, subscription TEXT NOT NULL, ticket INTEGER NOT NULL,
    until_ms INTEGER, standing TEXT, access TEXT,
    PRIMARY KEY (reader, subscription)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS live_subscriptions (subscription TEXT PRIMARY KEY, ticket INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS live_subscriptions_by_ticket ON live_subscriptions (ticket);
  CREATE TABLE IF NOT EXISTS sync_ticket (id INTEGER PRIMARY KEY CHECK (id = 1), ticket INTEGER NOT NULL);
  INSERT OR IGNORE INTO sync_ticket (id, ticket) VALUES (1, 0);
  CREATE TABLE IF NOT EXISTS reconciled (id INTEGER PRIMARY KEY CHECK (id = 1), until_ms INTEGER NOT NULL);
`

const currentRow = z.object({ access: z.string() })
const accessRow = z.object({ access: z.string().nullable(), ticket: z.int() })
const ticketRow = z.object({ ticket: z.int() })
const readerRow = z.object({ reader: z.string() })
const liveRows = z.array(z.object({ subscription: z.string() }))
const reconciledRow = z.object({ untilMs: z.int() })
