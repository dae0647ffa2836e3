import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'
import { openMails, type SentMail } from './mails.ts'
import { outboxPage, readablePage } from './outbox-page.ts'

/** Takes the mail of a service that has no mail server, and shows it to whoever tries the service out. */
export type Outbox = {
  /** The same id is the same mail, however often it comes. */
  send(mail: SentMail): Promise<void>
  /** Mounted at `/sandbox/outbox`. */
  pages: Router
  close(): void
}

const styles = fileURLToPath(new URL('outbox.css', import.meta.url))

/** `file` keeps the mails: a SQLite file, or ':memory:'. `now` gives epoch milliseconds. */
export function openOutbox({ file, now }: { file: string; now: () => number }): Outbox {
  const mails = openMails(file)
  const pages = express.Router()

  pages.get('/', (request, response) => {
    response.set(pageHeaders("default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'"))
    response.send(outboxPage({ mails: mails.newestFirst(), baseUrl: request.baseUrl }).markup)
  })
  pages.get('/outbox.css', (_request, response) => response.sendFile(styles, { maxAge: '5m' }))
  pages.get('/mails.json', (_request, response) => {
    response.set('Cache-Control', 'no-store').json(mails.newestFirst())
  })
  pages.get('/:number.html', (request, response, next) => {
    const mail = mails.find(Number(request.params.number))
    if (!mail?.html) return next()
    response.set(
      pageHeaders(`default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; ${mailMay}`),
    )
    response.send(readablePage(mail.html))
  })

  return {
    async send(mail) {
      mails.keep(mail, now())
    },
    pages,
    close: mails.close,
  }
}

/** A mail is shown as a mail program would: it runs nothing, and its links open beside it. */
const mailMay = 'sandbox allow-popups allow-popups-to-escape-sandbox'

function pageHeaders(policy: string): Record<string, string> {
  return {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `${policy}; base-uri 'self'; form-action 'none'; frame-ancestors 'self'`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
}
