import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { configFolder } from '../support/config-folder.ts'
import { startMailServer } from '../support/mail-server.ts'
import { dayMs, openShop, type Shop } from './shop.ts'

const sites = `
- { id: demo, name: The Harbor Lantern, timeZone: America/New_York, withdrawalDays: 14 }
`

const offers = `
- { id: standing, plan: unlimited-digital, headline: Unlimited Digital Access, button: Subscribe }
`

let config: Awaited<ReturnType<typeof configFolder>>
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let shop: Shop
before(async () => {
  config = await configFolder({ sites, offers })
  mailServer = await startMailServer()
  shop = await openShop({
    environment: {
      CONFIG_DIR: config.path,
      SMTP_URL: mailServer.url.href,
      MAIL_FROM: 'mail@lantern.example',
    },
  })
})
after(async () => {
  await shop.close()
  await mailServer.stop()
  await config.remove()
})

describe('a reader who has paid for four weeks and withdraws after one', () => {
  it('gets three quarters of it back, once, and is written so', async () => {
    const client = request.agent(shop.url)
    const email = await subscribes(client)
    await shop.waitUntil(shop.now() + 7 * dayMs)
    await client.get('/account/withdraw').expect(200, /What you paid for the time not used is refunded/)
    for (const time of ['once', 'twice']) {
      await client.post('/account/withdraw').set('Origin', shop.url).expect(303)
      await shop.settled()
      const { data } = await shop.stripe.refunds.list()
      assert.deepEqual(
        data.map(({ amount }) => amount),
        [Math.round(1999 * 0.75)],
        time,
      )
    }
    await client.get('/account?done=withdrawn').expect(200, /You have withdrawn from the contract\./)
    const { body } = await client.get('/v1/reader').expect(200)
    assert.equal(body.subscription, null)

    await shop.waitUntil(shop.now() + 60_000)
    await mailServer.mailTo(email, 2)
    await shop.waitUntil(shop.now() + dayMs)
    const mails = mailServer.taken.map(({ subject }) => subject)
    assert.deepEqual(mails, [
      'Thank you for subscribing to The Harbor Lantern',
      'Your withdrawal from the contract',
    ])
    assert.match(mailServer.taken[1]?.text ?? '', /It has ended, and nothing more is charged\./)
  })
})

/** By the offer without an introductory price, so that something is paid at once: the address typed at Checkout. */
async function subscribes(client: ReturnType<typeof request.agent>): Promise<string> {
  const email = 'reader@example.com'
  const met = await client.post('/v1/access').send({ article: { id: 'a', class: 'premium' } })
  const { id, termsHash } = met.body.offer
  const order = { offer: id, termsHash, consent: true, returnTo: '/' }
  const { body } = await client.post('/v1/checkout').send(order).expect(201)
  const card = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123', name: 'R. Eader' }
  const form = new URLSearchParams({ ...card, email })
  const paid = await fetch(body.url, { method: 'POST', body: form, redirect: 'manual' })
  const back = new URL(String(paid.headers.get('location')))
  await client.get(back.pathname + back.search).expect(303)
  await shop.settled()
  await shop.waitUntil(shop.now() + 60_000)
  await mailServer.mailTo(email)
  return email
}
