import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { keptTrafficDays, type TrafficStore } from './traffic-store.ts'
import { readVisit, writeVisit } from './visit.ts'

export function createSqliteTrafficStore(database: DatabaseSync): TrafficStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS traffic (site TEXT, day TEXT, number INTEGER, visit TEXT NOT NULL,
      PRIMARY KEY (site, day, number)) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS traffic_days (site TEXT, day TEXT, share REAL NOT NULL, visits INTEGER NOT NULL,
      PRIMARY KEY (site, day)) WITHOUT ROWID, STRICT;
  `)
  const note = database.prepare(`INSERT INTO traffic_days (site, day, share, visits) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (site, day) DO UPDATE SET share = min(share, ?3), visits = visits + ?4 RETURNING visits`)
  const insert = database.prepare('INSERT INTO traffic (site, day, number, visit) VALUES (?, ?, ?, ?)')
  const forgetVisits = database.prepare(`DELETE FROM traffic WHERE day < date(?, '-${keptTrafficDays} days')`)
  const forgetDays = database.prepare(
    `DELETE FROM traffic_days WHERE day < date(?, '-${keptTrafficDays} days')`,
  )
  const selectShare = database.prepare(
    'SELECT min(share) AS share FROM traffic_days WHERE site = ? AND day IN (SELECT value FROM json_each(?))',
  )
  const select = database.prepare(
    'SELECT visit FROM traffic WHERE site = ? AND day = ? AND number > ? ORDER BY number LIMIT 1000',
  )

  return {
    async add({ site, day, share, visits }) {
      return inTransaction(database, () => {
        const total = z.object({ visits: z.int() }).parse(note.get(site, day, share, visits.length)).visits
        visits.forEach((visit, index) => {
          insert.run(site, day, total - visits.length + index + 1, writeVisit(visit))
        })
        forgetVisits.run(day)
        forgetDays.run(day)
        return total
      })
    },

    async share(site, days) {
      const row = z
        .object({ share: z.number().nullable() })
        .parse(selectShare.get(site, JSON.stringify(days)))
      return row.share ?? 1
    },

    async *visits(site, day) {
      for (let from = 0; ; from += 1000) {
        const rows = z.array(z.object({ visit: z.string() })).parse(select.all(site, day, from))
        if (rows.length === 0) return
        yield rows.map(({ visit }) => readVisit(visit)).filter((visit) => visit !== null)
      }
    },
  }
}
