import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { type LoggedNotice, noticeOutcomeSchema, noticeSchema } from './notice.ts'
import type { NoticeName, NoticeStore, SubscriptionCourse } from './notice-store.ts'

/** Notices in SQLite. */
export function createSqliteNoticeStore(database: DatabaseSync): NoticeStore {
  database.exec(tables)
  const insert = database.prepare(
    'INSERT OR IGNORE INTO notices (reader, id, notice, due_ms, tries) VALUES (?, ?, ?, ?, 0)',
  )
  const selectDue = database.prepare(
    'SELECT reader, id FROM notices WHERE ended IS NULL AND due_ms <= ? ORDER BY due_ms LIMIT ?',
  )
  const take = database.prepare(
    'UPDATE notices SET due_ms = ? WHERE reader = ? AND id = ? AND ended IS NULL AND due_ms <= ? RETURNING *',
  )
  const putOff = database.prepare(
    'UPDATE notices SET due_ms = ?, tries = tries + ? WHERE reader = ? AND id = ? AND ended IS NULL',
  )
  const end = database.prepare('UPDATE notices SET ended = ? WHERE reader = ? AND id = ?')
  const selectAll = database.prepare('SELECT * FROM notices WHERE reader = ?')
  const selectCourse = database.prepare(
    'SELECT ticket, endings, ending FROM subscription_courses WHERE reader = ? AND subscription = ?',
  )
  const writeCourse = database.prepare(
    'INSERT OR REPLACE INTO subscription_courses (reader, subscription, ticket, endings, ending) VALUES (?, ?, ?, ?, ?)',
  )
  const forgets = ['notices', 'subscription_courses'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE reader = ?`),
  )

  function countEndings({ reader, subscription, isEnding, ticket }: SubscriptionCourse): number {
    const known = courseRow.optional().parse(selectCourse.get(reader, subscription))
    const { endings, ending } = known ?? { endings: 0, ending: 0 }
    if (known !== undefined && known.ticket >= ticket) return endings
    const counted = isEnding && ending === 0 ? endings + 1 : endings
    writeCourse.run(reader, subscription, ticket, counted, isEnding ? 1 : 0)
    return counted
  }

  return {
    async planNotices(notices) {
      for (const notice of notices) {
        insert.run(notice.reader, notice.id, JSON.stringify(notice), notice.dueMs)
      }
    },
    async dueNotices(nowMs, most) {
      return z.array(nameRow).parse(selectDue.all(nowMs, most))
    },
    async takeNotice({ reader, id }, { nowMs, holdMs }) {
      const row = take.get(holdMs, reader, id, nowMs)
      return row === undefined ? null : logged(row)
    },
    async putOffNotice({ reader, id }: NoticeName, { dueMs, failed }) {
      putOff.run(dueMs, failed ? 1 : 0, reader, id)
    },
    async endNotice({ reader, id }, outcome) {
      end.run(JSON.stringify(outcome), reader, id)
    },
    async noticesOf(reader) {
      return selectAll.all(reader).map(logged)
    },
    async countEndings(course) {
      return inTransaction(database, () => countEndings(course))
    },
    async forgetNotices(reader) {
      inTransaction(database, () => {
        for (const forget of forgets) forget.run(reader)
      })
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS notices (
    reader TEXT NOT NULL, id TEXT NOT NULL, notice TEXT NOT NULL, due_ms INTEGER NOT NULL, tries INTEGER NOT NULL,
    ended TEXT, PRIMARY KEY (reader, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS notices_due ON notices (due_ms) WHERE ended IS NULL;
  CREATE TABLE IF NOT EXISTS subscription_courses (
    reader TEXT NOT NULL, subscription TEXT NOT NULL, ticket INTEGER NOT NULL, endings INTEGER NOT NULL,
    ending INTEGER NOT NULL, PRIMARY KEY (reader, subscription)
  ) WITHOUT ROWID;
`

const nameRow = z.object({ reader: z.string(), id: z.string() })
const courseRow = z.object({ ticket: z.int(), endings: z.int(), ending: z.int() })
const noticeRow = z.object({
  notice: z.string(),
  tries: z.int(),
  ended: z.string().nullable(),
})

function logged(row: unknown): LoggedNotice {
  const { notice, tries, ended } = noticeRow.parse(row)
  const outcome = ended === null ? null : noticeOutcomeSchema.parse(JSON.parse(ended))
  return { ...noticeSchema.parse(JSON.parse(notice)), tries: outcome?.tries ?? tries, ended: outcome }
}
