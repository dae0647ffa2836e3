import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import {
  keptTrafficDays,
  layerOf,
  mostHalvings,
  mostVisitsADay,
  shareAfter,
  type TrafficStore,
} from './traffic-store.ts'
import { readVisit, writeVisit } from './visit.ts'

export function createSqliteTrafficStore(database: DatabaseSync): TrafficStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS traffic_visits (number INTEGER PRIMARY KEY, site TEXT NOT NULL, day TEXT NOT NULL,
      layer INTEGER NOT NULL, visit TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS traffic_visits_by_day ON traffic_visits (site, day, layer);
    CREATE TABLE IF NOT EXISTS traffic_halvings (site TEXT, day TEXT, halvings INTEGER NOT NULL,
      PRIMARY KEY (site, day)) WITHOUT ROWID, STRICT;
  `)
  const note = database.prepare(`INSERT INTO traffic_halvings (site, day, halvings) VALUES (?1, ?2, ?3)
    ON CONFLICT (site, day) DO UPDATE SET halvings = max(halvings, ?3) RETURNING halvings`)
  const insert = database.prepare('INSERT INTO traffic_visits (site, day, layer, visit) VALUES (?, ?, ?, ?)')
  const count = database.prepare('SELECT count(*) AS visits FROM traffic_visits WHERE site = ? AND day = ?')
  const leaveOut = database.prepare('DELETE FROM traffic_visits WHERE site = ? AND day = ? AND layer < ?')
  const forgetVisits = database.prepare(
    `DELETE FROM traffic_visits WHERE day < date(?, '-${keptTrafficDays} days')`,
  )
  const forgetDays = database.prepare(
    `DELETE FROM traffic_halvings WHERE day < date(?, '-${keptTrafficDays} days')`,
  )
  const selectHalvings = database.prepare(`SELECT max(halvings) AS halvings FROM traffic_halvings
    WHERE site = ? AND day IN (SELECT value FROM json_each(?))`)
  const select = database.prepare(`SELECT number, visit FROM traffic_visits
    WHERE site = ? AND day = ? AND number > ? ORDER BY number LIMIT 1000`)

  function halve(site: string, day: string, often: number): number {
    const { halvings } = noted.parse(note.get(site, day, often))
    leaveOut.run(site, day, halvings)
    return halvings
  }

  return {
    async add({ site, day, halvings, visits }) {
      return inTransaction(database, () => {
        for (const visit of visits) insert.run(site, day, layerOf(visit.place), writeVisit(visit))
        let now = halve(site, day, halvings)
        const isFull = () => counted.parse(count.get(site, day)).visits > mostVisitsADay
        while (now < mostHalvings && isFull()) now = halve(site, day, now + 1)
        forgetVisits.run(day)
        forgetDays.run(day)
        return now
      })
    },

    async share(site, days) {
      const { halvings } = found.parse(selectHalvings.get(site, JSON.stringify(days)))
      return shareAfter(halvings ?? 0)
    },

    async *visits(site, day) {
      for (let from = 0; ; ) {
        const rows = lines.parse(select.all(site, day, from))
        const last = rows.at(-1)
        if (last === undefined) return
        yield rows.map(({ visit }) => readVisit(visit)).filter((visit) => visit !== null)
        from = last.number
      }
    },
  }
}

const noted = z.object({ halvings: z.int() })
const counted = z.object({ visits: z.int() })
const found = z.object({ halvings: z.int().nullable() })
const lines = z.array(z.object({ number: z.int(), visit: z.string() }))
