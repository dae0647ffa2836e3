import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** A mail as the service hands it over. */
export type SentMail = {
  id: string
  to: string
  fromName?: string
  subject: string
  text: string
  html: string | null
  language: string
}

/** As the outbox keeps it; `number` counts up, `sentMs` is in epoch milliseconds. */
export type KeptMail = z.infer<typeof keptSchema>

const keptSchema = z.object({
  number: z.int(),
  sentMs: z.int(),
  id: z.string(),
  to: z.string(),
  fromName: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  language: z.string(),
})

export type Mails = {
  /** Nothing where the mail is there already. */
  keep(mail: SentMail, sentMs: number): void
  newestFirst(): KeptMail[]
  find(number: number): KeptMail | undefined
  close(): void
}

const mostShown = 200

export function openMails(file: string): Mails {
  const database = new DatabaseSync(file)
  database.exec(table)
  const insert = database.prepare(
    'INSERT OR IGNORE INTO mails (sent_ms, id, recipient, from_name, subject, text, html, language) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const all = database.prepare(`SELECT ${columns} FROM mails ORDER BY number DESC LIMIT ${mostShown}`)
  const one = database.prepare(`SELECT ${columns} FROM mails WHERE number = ?`)
  return {
    keep({ id, to, fromName = null, subject, text, html, language }, sentMs) {
      insert.run(sentMs, id, to, fromName, subject, text, html, language)
    },
    newestFirst: () => z.array(keptSchema).parse(all.all()),
    find: (number) => keptSchema.optional().parse(one.get(number)),
    close: () => database.close(),
  }
}

const columns =
  'number, sent_ms AS sentMs, id, recipient AS "to", from_name AS fromName, subject, text, html, language'

const table = `
  PRAGMA journal_mode = WAL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS mails (
    number INTEGER PRIMARY KEY AUTOINCREMENT, sent_ms INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
    recipient TEXT NOT NULL, from_name TEXT, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT, language TEXT NOT NULL
  );
`
