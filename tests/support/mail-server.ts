import { EventEmitter, once } from 'node:events'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail server of the test's own on loopback, which keeps what it takes. */
export async function startMailServer({ user }: { user?: { name: string; password: string } } = {}) {
  const taken: ParsedMail[] = []
  const arrivals = new EventEmitter()
  let refusal: string | null = null
  const server = new SMTPServer({
    authOptional: user === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth({ username = '', password }, _session, done) {
      const fits = username === user?.name && password === user.password
      done(fits ? null : new Error('Invalid user or password'), { user: username })
    },
    onRcptTo({ address }, _session, done) {
      done(refusal === null ? null : new Error(`${address}: ${refusal}`))
    },
    onData(stream, _session, done) {
      simpleParser(stream).then((mail) => {
        taken.push(mail)
        done()
        arrivals.emit('mail')
      }, done)
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port')
  const { port } = address

  return {
    url: new URL(
      `smtp://${user === undefined ? '' : `${user.name}:${encodeURIComponent(user.password)}@`}127.0.0.1:${port}`,
    ),
    /** Every mail taken so far, the oldest first. */
    taken,
    /** The nth mail to an address, the first being 1; waits until it has come. */
    async mailTo(email: string, nth = 1): Promise<ParsedMail> {
      for (;;) {
        const mail = taken.filter(({ to }) => to && 'text' in to && to.text === email)[nth - 1]
        if (mail !== undefined) return mail
        await once(arrivals, 'mail')
      }
    },
    /** From now on nobody is a recipient; null lets all be again. */
    refuse(reason: string | null) {
      refusal = reason
    },
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}
