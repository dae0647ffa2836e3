import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Mail, MailNotTaken } from '../../src/mail/mail.ts'
import { mailAddress } from '../../src/mail/mail-address.ts'
import { createSmtpMailer, type SmtpMailer } from '../../src/mail/mailer.smtp.ts'
import { freePort } from '../support/free-port.ts'
import { startMailServer } from '../support/mail-server.ts'

const from = { name: 'Mail of the papers', address: 'mail@example.com' }

function aMail(changes: Partial<Mail> = {}): Mail {
  return {
    id: 'welcome:at_1',
    to: 'reader@example.com',
    subject: 'Your subscription – Grüße, السلام عليكم',
    text: 'You pay 25¢.\n\nhttps://meter.example.com/account',
    html: '<!doctype html><html lang="en"><body><p>You pay 25¢.</p></body></html>',
    language: 'en-US',
    ...changes,
  }
}

describe('mail through an SMTP server', () => {
  let server: Awaited<ReturnType<typeof startMailServer>>
  let mailer: SmtpMailer
  before(async () => {
    server = await startMailServer()
    mailer = createSmtpMailer({ url: server.url, from })
  })
  after(async () => {
    mailer.close()
    await server.stop()
  })

  async function sent(mail: Mail) {
    await mailer.send(mail)
    const taken = server.taken.at(-1)
    assert.ok(taken)
    return taken
  }

  it('arrives with its words, as text and as a page', async () => {
    const mail = aMail()
    const { subject, text, html, headers } = await sent(mail)
    assert.equal(subject, mail.subject)
    assert.equal(text?.trim(), mail.text)
    assert.equal(html, mail.html)
    assert.equal(headers.get('content-language'), 'en-US')
  })

  it('comes from the service’s address, by the paper’s name where it has one', async () => {
    assert.equal((await sent(aMail())).from?.text, '"Mail of the papers" <mail@example.com>')
    const named = await sent(aMail({ fromName: 'The Harbor Lantern' }))
    assert.equal(named.from?.text, '"The Harbor Lantern" <mail@example.com>')
  })

  it('is text alone where there is no page', async () => {
    assert.equal((await sent(aMail({ html: null }))).html, false)
  })

  it('is the same mail when it is sent again, and another one otherwise', async () => {
    const first = await sent(aMail())
    const again = await sent(aMail())
    const other = await sent(aMail({ id: 'welcome:at_2' }))
    assert.match(first.messageId ?? '', /^<[0-9a-f]{40}@example\.com>$/)
    assert.equal(again.messageId, first.messageId)
    assert.notEqual(other.messageId, first.messageId)
  })

  it('lets no line break in an address or a subject begin a header of its own', async () => {
    const { headers, to } = await sent(aMail({ subject: 'Hello\r\nBcc: everybody@example.com' }))
    assert.equal(headers.has('bcc'), false)
    assert.ok(to && !Array.isArray(to))
    assert.equal(to.text, 'reader@example.com')
  })

  it('says why it was not taken, without the address it was for', async () => {
    server.refuse('No such mailbox')
    const refused = mailer.send(aMail())
    await assert.rejects(refused, (error) => {
      assert.ok(error instanceof MailNotTaken)
      assert.match(error.message, /No such mailbox/)
      assert.doesNotMatch(error.message, /reader@example\.com/)
      return true
    })
    server.refuse(null)
    await mailer.send(aMail())
  })
})

describe('a mail server', () => {
  it('is told user and password', async () => {
    const server = await startMailServer({ user: { name: 'newsrack', password: 'p@ss:w%rd' } })
    const mailer = createSmtpMailer({ url: server.url, from })
    await mailer.send(aMail())
    assert.equal(server.taken.length, 1)
    mailer.close()

    const wrong = new URL(server.url)
    wrong.password = 'another'
    const stranger = createSmtpMailer({ url: wrong, from })
    await assert.rejects(stranger.send(aMail()), MailNotTaken)
    stranger.close()
    await server.stop()
  })

  it('that is not there takes no mail', async () => {
    const url = new URL(`smtp://127.0.0.1:${await freePort()}`)
    const mailer = createSmtpMailer({ url, from })
    await assert.rejects(mailer.send(aMail()), MailNotTaken)
    mailer.close()
  })
})

describe('the address that mail comes from', () => {
  it('may have a name', () => {
    const named = { name: 'The Harbor Lantern', address: 'mail@example.com' }
    assert.deepEqual(mailAddress('The Harbor Lantern <mail@example.com>'), named)
    assert.deepEqual(mailAddress('"The Harbor Lantern" <mail@example.com>'), named)
    assert.deepEqual(mailAddress(' mail@example.com '), { name: '', address: 'mail@example.com' })
  })

  it('is one address and nothing else', () => {
    for (const wrong of [
      '',
      'mail',
      'a@b.example, c@d.example',
      'a@b.example\nBcc: c@d.example',
      '<a@b.example',
      'Lantern a@b.example',
    ])
      assert.equal(mailAddress(wrong), null, wrong)
  })
})
