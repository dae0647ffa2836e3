import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import express from 'express'
import request from 'supertest'
import { type Outbox, openOutbox } from '../../../src/sandbox/outbox/index.ts'
import { openBrowser, saveScreenshot } from '../../support/browser.ts'
import { startService } from '../../support/service.ts'

const noon = Date.UTC(2026, 10, 24, 12)

const aMail = {
  id: 'a',
  to: 'reader@example.com',
  subject: 'Your <subscription>',
  text: 'Read on at https://meter.example.com/account?a=1&b=2. Thank you.',
  html: '<!doctype html><html lang="en"><head><title>x</title><style>body{font:1rem sans-serif}</style></head><body><h1>You have subscribed</h1><script>document.title="run"</script><a href="https://meter.example.com/account">Your account</a></body></html>',
  language: 'en',
}

describe('the outbox', () => {
  let outbox: Outbox
  beforeEach(() => {
    outbox = openOutbox({ file: ':memory:', now: () => noon })
  })
  const visit = () => request(express().use('/sandbox/outbox', outbox.pages))

  it('says that there is nothing yet, and how to get something', async () => {
    const { text } = await visit().get('/sandbox/outbox').expect(200)
    assert.match(text, /There is no mail yet\. Buy the offer/)
  })

  it('shows mails newest first, with whom they are for and when they were sent', async () => {
    await outbox.send(aMail)
    await outbox.send({ ...aMail, id: 'b', subject: 'Later', fromName: 'The Harbor Lantern' })
    const { text } = await visit().get('/sandbox/outbox').expect(200)
    assert.ok(text.indexOf('Later') < text.indexOf('Your &lt;subscription'))
    assert.match(text, /to reader@example\.com · from The Harbor Lantern · <time[^>]*>2026-11-24 12:00 UTC/)
    assert.match(text, /<a href="https:\/\/meter\.example\.com\/account\?a=1&amp;b=2">/)
  })

  it('keeps the same mail once, however often it is sent', async () => {
    await outbox.send(aMail)
    await outbox.send({ ...aMail, subject: 'Again' })
    const { body } = await visit().get('/sandbox/outbox/mails.json').expect(200)
    assert.deepEqual(
      body.map(({ subject }: { subject: string }) => subject),
      ['Your <subscription>'],
    )
  })

  it('lets a mail run nothing and load nothing', async () => {
    await outbox.send(aMail)
    const { headers } = await visit().get('/sandbox/outbox/1.html').expect(200)
    assert.match(String(headers['content-security-policy']), /^default-src 'none'.*sandbox allow-popups /)
  })

  it('has no page for a mail that is text alone, or is not there', async () => {
    await outbox.send({ ...aMail, html: null })
    for (const number of ['1', '2', 'x']) await visit().get(`/sandbox/outbox/${number}.html`).expect(404)
    const { text } = await visit().get('/sandbox/outbox').expect(200)
    assert.doesNotMatch(text, /iframe/)
  })

  it('keeps what it has across a restart', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'newsrack-outbox-'))
    const file = join(directory, 'outbox.sqlite')
    const first = openOutbox({ file, now: () => noon })
    await first.send(aMail)
    first.close()
    outbox = openOutbox({ file, now: () => noon })
    const { body } = await visit().get('/sandbox/outbox/mails.json')
    assert.equal(body.length, 1)
    outbox.close()
    await rm(directory, { recursive: true })
  })

  it('shows a mail as it looks, in light and dark, on a phone and on a desk', async () => {
    await outbox.send({ ...aMail, id: 'b', html: null })
    await outbox.send(aMail)
    const server = createServer(express().use('/sandbox/outbox', outbox.pages))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    assert.ok(address !== null && typeof address !== 'string')
    const browser = await openBrowser()
    for (const [device, width] of [
      ['phone', 390],
      ['desktop', 1280],
    ] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme })
        await page.goto(`http://127.0.0.1:${address.port}/sandbox/outbox`)
        const mail = page.frameLocator('iframe').first()
        await mail.getByRole('heading', { name: 'You have subscribed' }).waitFor()
        await saveScreenshot({ page, name: `outbox-${device}-${colorScheme}` })
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
        const [opened] = await Promise.all([
          page.context().waitForEvent('page'),
          mail.getByRole('link', { name: 'Your account' }).click(),
        ])
        await opened.close()
      }
    }
    await browser.close()
    server.close()
    server.closeAllConnections()
  })
})

describe('a service without a mail server', () => {
  let service: Awaited<ReturnType<typeof startService>>
  before(async () => {
    service = await startService()
  })
  after(() => service.stop())

  it('has an outbox, which its newspaper leads to', async () => {
    assert.match((await request(service.url).get('/')).text, /href="\/sandbox\/outbox"/)
    await request(service.url).get('/sandbox/outbox').expect(200)
  })
})

describe('a service with a mail server', () => {
  it('has no outbox', async () => {
    const service = await startService({
      environment: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'mail@example.com' },
    })
    await request(service.url).get('/sandbox/outbox').expect(404)
    await service.stop()
  })
})
