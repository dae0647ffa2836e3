import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import { type LoggedNotice, noticeOutcomeSchema, noticeSchema } from './notice.ts'
import type { NoticeName, NoticeStore, SubscriptionCourse } from './notice-store.ts'

/** Notices in SQLite. */
export function createSqliteNoticeStore(database: DatabaseSync): NoticeStore {
  database.exec(tables)
  const insert = database.prepare(
    'INSERT OR IGNORE INTO notices (subscription, id, notice, due_ms, tries) VALUES (?, ?, ?, ?, 0)',
  )
  const selectDue = database.prepare(
    'SELECT subscription, id FROM notices WHERE ended IS NULL AND due_ms <= ? ORDER BY due_ms LIMIT ?',
  )
  const take = database.prepare(
    'UPDATE notices SET due_ms = ? WHERE subscription = ? AND id = ? AND ended IS NULL AND due_ms <= ? RETURNING *',
  )
  const putOff = database.prepare(
    'UPDATE notices SET due_ms = ?, tries = tries + ? WHERE subscription = ? AND id = ? AND ended IS NULL',
  )
  const end = database.prepare('UPDATE notices SET ended = ? WHERE subscription = ? AND id = ?')
  const selectAll = database.prepare('SELECT * FROM notices WHERE subscription = ?')
  const selectCourse = database.prepare(
    'SELECT ticket, endings, ending FROM subscription_courses WHERE subscription = ?',
  )
  const writeCourse = database.prepare(
    'INSERT OR REPLACE INTO subscription_courses (subscription, ticket, endings, ending) VALUES (?, ?, ?, ?)',
  )
  const forgets = ['notices', 'subscription_courses'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE subscription = ?`),
  )

  function countEndings({ subscription, isEnding, ticket }: SubscriptionCourse): number {
    const known = courseRow.optional().parse(selectCourse.get(subscription))
    const { endings, ending } = known ?? { endings: 0, ending: 0 }
    if (known !== undefined && known.ticket >= ticket) return endings
    const counted = isEnding && ending === 0 ? endings + 1 : endings
    writeCourse.run(subscription, ticket, counted, isEnding ? 1 : 0)
    return counted
  }

  return {
    async planNotices(notices) {
      for (const notice of notices) {
        insert.run(notice.subscription, notice.id, JSON.stringify(notice), notice.dueMs)
      }
    },
    async dueNotices(nowMs, most) {
      return z.array(nameRow).parse(selectDue.all(nowMs, most))
    },
    async takeNotice({ subscription, id }, { nowMs, holdMs }) {
      const row = take.get(holdMs, subscription, id, nowMs)
      return row === undefined ? null : logged(row)
    },
    async putOffNotice({ subscription, id }: NoticeName, { dueMs, failed }) {
      putOff.run(dueMs, failed ? 1 : 0, subscription, id)
    },
    async endNotice({ subscription, id }, outcome) {
      end.run(JSON.stringify(outcome), subscription, id)
    },
    async noticesOf(subscription) {
      return selectAll.all(subscription).map(logged)
    },
    async countEndings(course) {
      return inTransaction(database, () => countEndings(course))
    },
    async forgetNotices(subscription) {
      inTransaction(database, () => {
        for (const forget of forgets) forget.run(subscription)
      })
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS notices (
    subscription TEXT NOT NULL, id TEXT NOT NULL, notice TEXT NOT NULL, due_ms INTEGER NOT NULL, tries INTEGER NOT NULL,
    ended TEXT, PRIMARY KEY (subscription, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS notices_due ON notices (due_ms) WHERE ended IS NULL;
  CREATE TABLE IF NOT EXISTS subscription_courses (
    subscription TEXT PRIMARY KEY, ticket INTEGER NOT NULL, endings INTEGER NOT NULL, ending INTEGER NOT NULL
  ) WITHOUT ROWID;
`

const nameRow = z.object({ subscription: z.string(), id: z.string() })
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
