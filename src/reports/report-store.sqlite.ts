import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { countsByPlace } from './counts-by-place.ts'
import { noCounts, readCount, writtenCounts } from './measures.ts'
import { type CellBatch, keptDays, type ReportStore, type Slice } from './report-store.ts'

/** Reports in SQLite: readers are counted exactly, each day's as short hashes. */
export function createSqliteReportStore(database: DatabaseSync): ReportStore {
  database.exec(tables)
  const addCount = database.prepare(`INSERT INTO report_counts (site, day, dimension, value, measure, count)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (site, day, dimension, value, measure) DO UPDATE SET count = count + ?6`)
  const addReader = database.prepare(
    'INSERT OR IGNORE INTO report_readers (site, day, dimension, value, kind, reader) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const addReached = database.prepare(`INSERT INTO report_reached (site, day, meter, window, used, readers)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (site, day, meter, window, used) DO UPDATE SET readers = readers + ?6`)
  const noteSale = database.prepare(
    'INSERT OR IGNORE INTO report_sales (site, attempt, step, day) VALUES (?, ?, ?, ?)',
  )
  const forget = ['counts', 'readers', 'reached', 'sales'].map((table) =>
    database.prepare(`DELETE FROM report_${table} WHERE day < date(?, '-${keptDays} days')`),
  )
  const selectCounts = database.prepare(`SELECT value, measure, sum(count) AS count FROM report_counts
    WHERE site = ?1 AND dimension = ?2 AND day IN (SELECT value FROM json_each(?3)) GROUP BY value, measure`)
  const selectReaders =
    database.prepare(`SELECT value, kind, count(DISTINCT reader) AS count FROM report_readers
    WHERE site = ?1 AND dimension = ?2 AND day IN (SELECT value FROM json_each(?3)) GROUP BY value, kind`)
  const selectReached =
    database.prepare(`SELECT meter, window, used, sum(readers) AS readers FROM report_reached
    WHERE site = ?1 AND day IN (SELECT value FROM json_each(?2)) GROUP BY meter, window, used`)

  function addReaders(site: string, day: string, { places, readers, stopped }: CellBatch) {
    for (const [kind, members] of [['readers', readers] as const, ['stopped', stopped] as const]) {
      for (const reader of members.map(short)) {
        for (const { dimension, value } of places) addReader.run(site, day, dimension, value, kind, reader)
      }
    }
  }

  return {
    async add({ site, day, cells, reached }) {
      inTransaction(database, () => {
        for (const { dimension, value, counts } of countsByPlace(cells)) {
          for (const [measure, count] of writtenCounts(counts))
            addCount.run(site, day, dimension, value, measure, count)
        }
        for (const cell of cells) addReaders(site, day, cell)
        for (const { meter, window, used, readers } of reached) {
          addReached.run(site, day, meter, window, used, readers)
        }
        for (const statement of forget) statement.run(day)
      })
    },

    async addSale({ site, day, attempt, step, places, monthly }) {
      inTransaction(database, () => {
        if (noteSale.run(site, attempt, step, day).changes === 0) return
        for (const { dimension, value } of places) {
          addCount.run(site, day, dimension, value, step, 1)
          if (monthly === null) continue
          addCount.run(site, day, dimension, value, `revenue:${monthly.currency}`, monthly.amount)
        }
      })
    },

    async slices(site, days, dimension) {
      const slices = new Map<string, Slice>()
      const asked = [site, dimension, JSON.stringify(days)] as const
      for (const row of selectCounts.all(...asked)) {
        const { value, measure, count } = countRow.parse(row)
        readCount(sliceOf(slices, value).counts, measure, count)
      }
      for (const row of selectReaders.all(...asked)) {
        const { value, kind, count } = readerRow.parse(row)
        sliceOf(slices, value)[kind] = count
      }
      return [...slices.values()]
    },

    async reached(site, days) {
      return z.array(reachedRow).parse(selectReached.all(site, JSON.stringify(days)))
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS report_counts (site TEXT, day TEXT, dimension TEXT, value TEXT, measure TEXT,
    count INTEGER NOT NULL, PRIMARY KEY (site, day, dimension, value, measure)) WITHOUT ROWID, STRICT;
  CREATE TABLE IF NOT EXISTS report_readers (site TEXT, day TEXT, dimension TEXT, value TEXT, kind TEXT,
    reader INTEGER, PRIMARY KEY (site, day, dimension, value, kind, reader)) WITHOUT ROWID, STRICT;
  CREATE TABLE IF NOT EXISTS report_reached (site TEXT, day TEXT, meter TEXT, window TEXT, used INTEGER,
    readers INTEGER NOT NULL, PRIMARY KEY (site, day, meter, window, used)) WITHOUT ROWID, STRICT;
  CREATE TABLE IF NOT EXISTS report_sales (site TEXT, attempt TEXT, step TEXT, day TEXT,
    PRIMARY KEY (site, attempt, step)) WITHOUT ROWID, STRICT;
`

const countRow = z.object({ value: z.string(), measure: z.string(), count: z.int() })
const readerRow = z.object({ value: z.string(), kind: z.enum(['readers', 'stopped']), count: z.int() })
const reachedRow = z.object({ meter: z.string(), window: z.string(), used: z.int(), readers: z.int() })

/** The first 48 bits of a hash: two of a million readers share them with a probability of 2 in 1,000. */
function short(reader: string): number {
  return Number.parseInt(hash('sha256', reader, 'hex').slice(0, 12), 16)
}

function sliceOf(slices: Map<string, Slice>, value: string): Slice {
  const known = slices.get(value)
  if (known !== undefined) return known
  const made = { value, counts: noCounts(), readers: 0, stopped: 0 }
  slices.set(value, made)
  return made
}
