import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { standingSchema } from '../subscriptions/access.ts'
import type { MeterStore, RecordedView } from './meter-store.ts'
import { judgeView, retainSeconds, type View, type ViewToRecord } from './views.ts'

/**
 * The meter in SQLite, plainly: the model that the Redis scripts are held to. `now` gives epoch milliseconds; it only
 * says which records have expired. Expects the table `access` of the subscription store.
 */
export function createSqliteMeterStore(database: DatabaseSync, now: () => number): MeterStore {
  database.exec(tables)
  const selectViews = database.prepare(
    'SELECT article, meter, at_seconds AS atSeconds FROM views WHERE reader = ?',
  )
  const selectAccess = database.prepare(
    'SELECT until_ms AS untilMs, standing FROM access WHERE reader = ? AND until_ms IS NOT NULL ORDER BY until_ms DESC LIMIT 1',
  )
  const insertView = database.prepare(
    'INSERT INTO views (reader, article, meter, at_seconds) VALUES (?, ?, ?, ?)',
  )
  const moveView = database.prepare(
    'UPDATE views SET at_seconds = ? WHERE reader = ? AND article = ? AND meter = ? AND at_seconds = ?',
  )
  const prune = database.prepare('DELETE FROM views WHERE reader = ? AND at_seconds < ?')
  const keep = database.prepare('INSERT OR REPLACE INTO view_records (reader, expires_ms) VALUES (?, ?)')
  const expireViews = database.prepare(
    'DELETE FROM views WHERE reader IN (SELECT reader FROM view_records WHERE expires_ms <= ?)',
  )
  const expireRecords = database.prepare('DELETE FROM view_records WHERE expires_ms <= ?')

  function facts(reader: string) {
    const access = selectAccess.get(reader)
    return {
      views: viewRows.parse(selectViews.all(reader)),
      access: access === undefined ? null : accessRow.parse(access),
    }
  }

  function expire(): void {
    expireViews.run(now())
    expireRecords.run(now())
  }

  function record(reader: string, view: ViewToRecord): RecordedView {
    expire()
    const known = facts(reader)
    if (known.access !== null && known.access.untilMs > view.atSeconds * 1000)
      return { outcome: 'subscribed', ...known }
    const outcome = judgeView(known.views, view)
    if (outcome === 'reread') keepEarliest(reader, known.views, view)
    if (outcome === 'counted') {
      prune.run(reader, view.atSeconds - retainSeconds)
      insertView.run(reader, view.article, view.meter, view.atSeconds)
      keep.run(reader, now() + retainSeconds * 1000)
    }
    return { outcome, views: facts(reader).views, access: known.access }
  }

  /** A log imported out of order may bring an earlier reading: what is kept is the first one. */
  function keepEarliest(reader: string, views: readonly View[], view: ViewToRecord): void {
    const readings = views.filter((seen) => judgeView([seen], view) === 'reread')
    const [first] = readings.toSorted((one, other) => one.atSeconds - other.atSeconds)
    if (first === undefined || first.atSeconds <= view.atSeconds) return
    moveView.run(view.atSeconds, reader, first.article, first.meter, first.atSeconds)
    keep.run(reader, now() + retainSeconds * 1000)
  }

  return {
    async recordView(reader, view) {
      return inTransaction(database, () => record(reader, view))
    },
    async readerFacts(reader) {
      expire()
      return facts(reader)
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS views (
    reader TEXT NOT NULL, article INTEGER NOT NULL, meter INTEGER NOT NULL, at_seconds INTEGER NOT NULL,
    PRIMARY KEY (reader, article, meter, at_seconds)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS view_records (reader TEXT PRIMARY KEY, expires_ms INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS view_records_expiry ON view_records (expires_ms);
`

const viewRows = z.array(z.object({ article: z.int(), meter: z.int(), atSeconds: z.int() }))

const accessRow = z.object({ untilMs: z.int(), standing: standingSchema })
