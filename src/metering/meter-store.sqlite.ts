import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { standingSchema } from '../subscriptions/access.ts'
import { mergeViews } from './merge-views.ts'
import type { MeterStore, ReaderMerge, RecordedView } from './meter-store.ts'
import { type Commit, judge, readIn, type View } from './views.ts'

/**
 * The meter in SQLite, plainly: the model that the Redis scripts are held to. `now` gives epoch milliseconds; it only
 * says which records have expired. Expects the table `access` of the subscription store.
 */
export function createSqliteMeterStore(database: DatabaseSync, now: () => number): MeterStore {
  database.exec(tables)
  const selectViews = database.prepare(
    'SELECT article, meter, at_seconds AS atSeconds FROM view_facts WHERE reader = ?',
  )
  const selectAccess = database.prepare(
    'SELECT until_ms AS untilMs, standing FROM access WHERE reader = ? AND until_ms IS NOT NULL ORDER BY until_ms DESC LIMIT 1',
  )
  const insertView = database.prepare(
    'INSERT INTO view_facts (reader, article, meter, at_seconds) VALUES (?, ?, ?, ?)',
  )
  const deleteViews = database.prepare('DELETE FROM view_facts WHERE reader = ?')
  const keep = database.prepare('INSERT OR REPLACE INTO view_records (reader, expires_ms) VALUES (?, ?)')
  const deleteRecord = database.prepare('DELETE FROM view_records WHERE reader = ?')
  const expireViews = database.prepare(
    'DELETE FROM view_facts WHERE reader IN (SELECT reader FROM view_records WHERE expires_ms <= ?)',
  )
  const expireRecords = database.prepare('DELETE FROM view_records WHERE expires_ms <= ?')

  function viewsOf(reader: string): View[] {
    expireViews.run(now())
    expireRecords.run(now())
    return viewRows.parse(selectViews.all(reader))
  }

  function accessOf(reader: string) {
    const access = selectAccess.get(reader)
    return access === undefined ? null : accessRow.parse(access)
  }

  function write(reader: string, views: readonly View[], retainSeconds: number): void {
    deleteViews.run(reader)
    for (const { article, meter, atSeconds } of views) insertView.run(reader, article, meter, atSeconds)
    keep.run(reader, now() + retainSeconds * 1000)
  }

  function record(reader: string, commit: Commit): RecordedView {
    const views = viewsOf(reader)
    const access = accessOf(reader)
    if (access !== null && access.untilMs > commit.atSeconds * 1000) {
      return { judgement: { outcome: 'subscribed' }, views, access }
    }
    const judgement = judge(views, commit)
    const after = viewsAfter(views, commit, judgement)
    if (after !== views) write(reader, after, commit.retainSeconds)
    return { judgement, views: after, access }
  }

  function merge({ from, into, sinceSeconds, meters, retainSeconds }: ReaderMerge): void {
    const views = viewsOf(from).filter((view) => view.atSeconds >= sinceSeconds)
    if (views.length > 0) write(into, mergeViews(viewsOf(into), views, meters), retainSeconds)
  }

  return {
    async recordView(reader, commit) {
      return inTransaction(database, () => record(reader, commit))
    },
    async readerFacts(reader) {
      return { views: viewsOf(reader), access: accessOf(reader) }
    },
    async mergeReaders(readers) {
      inTransaction(database, () => merge(readers))
    },
    async forgetReader(reader) {
      inTransaction(database, () => {
        deleteViews.run(reader)
        deleteRecord.run(reader)
      })
    },
  }
}

function viewsAfter(
  views: readonly View[],
  commit: Commit,
  judgement: RecordedView['judgement'],
): readonly View[] {
  const { article, atSeconds, retainSeconds, meters, nudges } = commit
  if (judgement.outcome === 'reread') return withEarliest(views, commit)
  if (judgement.outcome !== 'counted') return views
  const meter = meters[judgement.meter]?.meter ?? 0
  const shown = judgement.nudge === null ? undefined : nudges[judgement.nudge]
  return [
    ...views.filter((view) => view.atSeconds >= atSeconds - retainSeconds),
    { article, meter, atSeconds },
    ...(shown ? [{ article: 0, meter: shown.nudge, atSeconds }] : []),
  ]
}

/** A log imported out of order may bring an earlier reading: what is kept is the first one. */
function withEarliest(views: readonly View[], { article, atSeconds, meters }: Commit): readonly View[] {
  const readings = views.filter((view) => meters.some((bounds) => readIn([view], article, bounds)))
  const [first] = readings.toSorted((one, other) => one.atSeconds - other.atSeconds)
  if (first === undefined || first.atSeconds <= atSeconds) return views
  return views.map((view) => (view === first ? { ...view, atSeconds } : view))
}

const tables = `
  CREATE TABLE IF NOT EXISTS view_facts (
    reader TEXT NOT NULL, article INTEGER NOT NULL, meter INTEGER NOT NULL, at_seconds INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS view_facts_of_reader ON view_facts (reader);
  CREATE TABLE IF NOT EXISTS view_records (reader TEXT PRIMARY KEY, expires_ms INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS view_records_expiry ON view_records (expires_ms);
`

const viewRows = z.array(z.object({ article: z.int(), meter: z.int(), atSeconds: z.int() }))

const accessRow = z.object({ untilMs: z.int(), standing: standingSchema })
