import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { type Mailer, MailNotTaken } from './mail.ts'
import type { MailAddress } from './mail-address.ts'

export type SmtpMailer = Mailer & { close(): void }

/** How long a server may take for a connection, its greeting and each answer. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/**
 * Sends through the SMTP server of `url` (smtp:// or smtps://, with user and password where it wants them), from the
 * address `from`. A password is sent over an encrypted connection only, except to this machine.
 */
export function createSmtpMailer({ url, from }: { url: URL; from: MailAddress }): SmtpMailer {
  const transport = createTransport({
    ...patience,
    pool: true,
    host: url.hostname.replace(/^\[(.+)\]$/, '$1'),
    secure: url.protocol === 'smtps:',
    ...(url.port !== '' && { port: Number(url.port) }),
    ...(url.username !== '' && { auth: credentials(url), requireTLS: !isThisMachine(url) }),
  })
  const domain = from.address.split('@').at(-1) ?? 'localhost'

  return {
    async send({ id, to, fromName, subject, text, html, language }) {
      try {
        await transport.sendMail({
          messageId: `<${idHash(id)}@${domain}>`,
          from: { name: fromName ?? from.name, address: from.address },
          to: { name: '', address: to },
          subject,
          text,
          ...(html !== null && { html }),
          headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
      } catch (error) {
        throw new MailNotTaken(reasonOf(error, to))
      }
    },
    close: () => transport.close(),
  }
}

function credentials({ username, password }: URL): { user: string; pass: string } {
  return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
}

function isThisMachine({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** Servers that see a Message-ID twice may drop the second, and mail programs show it once. */
function idHash(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 40)
}

/** What the server said, in one line, without the address, which does not belong into logs. */
function reasonOf(error: unknown, to: string): string {
  if (!(error instanceof Error)) return 'unknown error'
  return error.message.replaceAll(to, '…').replace(/\s+/g, ' ').slice(0, 300)
}
