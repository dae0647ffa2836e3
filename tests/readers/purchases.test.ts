import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { forSubscribers, openShop, type Shop } from '../subscriptions/shop.ts'
import { startMailServer } from '../support/mail-server.ts'
import { signIn } from './paper.ts'

let shop: Shop
let mails: Awaited<ReturnType<typeof startMailServer>>
before(async () => {
  mails = await startMailServer()
  shop = await openShop({ environment: { SMTP_URL: mails.url.href, MAIL_FROM: 'mail@example.com' } })
})
after(async () => {
  await shop.close()
  await mails.stop()
})

const newBrowser = () => request.agent(shop.url)

async function reads(browser: ReturnType<typeof newBrowser>): Promise<string> {
  const { body } = await browser.post('/v1/views').send(forSubscribers).expect(200)
  return body.reason
}

/** Who has bought in this browser; with a cookie that can change, as a browser's does. */
async function aSubscriber() {
  const { token, ...bought } = await shop.subscriber()
  const browser = newBrowser()
  browser.jar.setCookie(`newsrack_reader=${token}`, 'localhost', '/')
  return { ...bought, browser }
}

describe('a subscription', () => {
  it('follows its reader into the account, and opens articles wherever they sign in', async () => {
    const { browser } = await aSubscriber()
    await signIn({ mails }, browser, 'anna@example.com')
    assert.equal(await reads(browser), 'subscriber')
    const phone = newBrowser()
    assert.equal(await reads(phone), 'subscription_required')
    await signIn({ mails }, phone, 'anna@example.com', 2)
    assert.equal(await reads(phone), 'subscriber')
    assert.notEqual((await phone.get('/v1/reader')).body.subscription.nextCharge, null)
  })

  it('stays with the account when its reader signs out, and does not stay in the browser', async () => {
    const { browser } = await aSubscriber()
    await signIn({ mails }, browser, 'ben@example.com')
    await browser.post('/v1/sign-out').expect(200)
    assert.equal(await reads(browser), 'subscription_required')
    await signIn({ mails }, browser, 'ben@example.com', 2)
    assert.equal(await reads(browser), 'subscriber')
  })

  it('is told with the consent in the export, and ends at once when its reader is deleted', async () => {
    const { browser, customer, subscription, attempt } = await aSubscriber()
    await signIn({ mails }, browser, 'cleo@example.com')
    const { body } = await browser.get('/v1/reader/export').expect(200)
    const [account] = body.readers
    assert.equal(account.purchases.access.subscription, subscription)
    assert.equal(account.purchases.attempts[0].id, attempt.id)
    assert.match(account.purchases.attempts[0].consent.terms, /\$/)
    assert.equal(account.purchases.attempts[0].visit.section, 'world')

    shop.hearing.payments = false
    await browser.delete('/v1/reader').expect(503)
    assert.equal(await reads(browser), 'subscriber')
    shop.hearing.payments = true
    await browser.delete('/v1/reader').expect(204)
    await shop.settled()
    const gone = await shop.stripe.customers.retrieve(customer)
    assert.equal(gone.deleted, true)
    const again = newBrowser()
    await signIn({ mails }, again, 'cleo@example.com', 2)
    assert.equal(await reads(again), 'subscription_required')
    const after = await again.get('/v1/reader/export').expect(200)
    assert.deepEqual(after.body.readers[0].purchases.attempts, [])
  })
})
