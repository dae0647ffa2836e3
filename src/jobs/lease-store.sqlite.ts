import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import type { JobClaim, LeaseStore, TakenJob } from './lease-store.ts'

/** Jobs in SQLite. `now` gives epoch milliseconds; it only says when a lease has run out. */
export function createSqliteLeaseStore(database: DatabaseSync, now: () => number): LeaseStore {
  database.exec(table)
  const select = database.prepare('SELECT holder, until_ms, ended_ms, due_ms FROM jobs WHERE job = ?')
  const hold = database.prepare(
    'INSERT INTO jobs (job, holder, until_ms) VALUES (?1, ?2, ?3) ' +
      'ON CONFLICT (job) DO UPDATE SET holder = ?2, until_ms = ?3',
  )
  const keep = database.prepare('UPDATE jobs SET until_ms = ? WHERE job = ? AND holder = ?')
  const end = database.prepare(
    'UPDATE jobs SET holder = NULL, until_ms = NULL, ended_ms = ?, due_ms = ? WHERE job = ? AND holder = ?',
  )

  function take({ job, holder, leaseMs, nowMs, startedMs }: JobClaim): TakenJob {
    const known = rowSchema.optional().parse(select.get(job))
    const isHeld = known !== undefined && known.holder !== null && (known.until_ms ?? 0) > now()
    if (isHeld && known.holder !== holder) return { taken: false, dueMs: null }
    const { ended_ms: ended = null, due_ms: due = null } = known ?? {}
    if (ended !== null && ended >= startedMs && due !== null && due > nowMs)
      return { taken: false, dueMs: due }
    hold.run(job, holder, now() + leaseMs)
    return { taken: true }
  }

  return {
    async takeJob(claim) {
      return inTransaction(database, () => take(claim))
    },
    async keepJob({ job, holder, leaseMs }) {
      return keep.run(now() + leaseMs, job, holder).changes > 0
    },
    async endJob({ job, holder, endedMs, dueMs }) {
      end.run(endedMs, dueMs, job, holder)
    },
  }
}

const table = `
  CREATE TABLE IF NOT EXISTS jobs (
    job TEXT PRIMARY KEY, holder TEXT, until_ms INTEGER, ended_ms INTEGER, due_ms INTEGER
  ) WITHOUT ROWID;
`

const rowSchema = z.object({
  holder: z.string().nullable(),
  until_ms: z.int().nullable(),
  ended_ms: z.int().nullable(),
  due_ms: z.int().nullable(),
})
