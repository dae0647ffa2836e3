import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import request from 'supertest'
import { dayMs, openShop, type Shop, type Subscriber } from '../subscriptions/shop.ts'
import { startMailServer } from '../support/mail-server.ts'
import { startRedis } from '../support/redis.ts'
import { type Service, startService } from '../support/service.ts'

const minuteMs = 60_000

let redis: Awaited<ReturnType<typeof startRedis>>
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let shop: Shop
let secondProcess: Service | undefined
before(async () => {
  redis = await startRedis()
  mailServer = await startMailServer()
  shop = await openShop({
    environment: {
      REDIS_URL: redis.url,
      SMTP_URL: mailServer.url.href,
      MAIL_FROM: 'mail@lantern.example',
      NEWSRACK_SECRET: 'the same for both of the processes',
    },
  })
  secondProcess = await startService({ now: shop.now, environment: shop.settings })
})
after(async () => {
  await secondProcess?.stop()
  await shop.close()
  await mailServer.stop()
  await redis.stop()
})

let readers = 0
async function aSubscriber(options: { number?: string } = {}): Promise<Subscriber & { email: string }> {
  readers += 1
  const email = `reader-${readers}@example.com`
  return { ...(await shop.subscriber({ ...options, email })), email }
}

/** Two that are due at once are written in no order. */
function mailsTo(email: string): string[] {
  return mailServer.taken
    .filter(({ to }) => to && !Array.isArray(to) && to.text === email)
    .map(({ subject = '' }) => subject)
    .toSorted()
}

/**
 * Until it holds the clock goes on: a process that was looking while the test moved it looks again a few seconds later,
 * which never come on a clock that stands still.
 */
async function asTimeGoesOn(holds: () => boolean | Promise<boolean>, what: () => unknown): Promise<void> {
  const giveUpAt = performance.now() + 60_000
  do {
    if (performance.now() > giveUpAt) assert.fail(`waited in vain: ${JSON.stringify(what())}`)
    await shop.waitUntil(shop.now() + minuteMs / 10)
    await pause(50)
  } while (!(await holds()))
}

async function mails(email: string, expected: readonly string[]): Promise<void> {
  await asTimeGoesOn(
    () => mailsTo(email).length >= expected.length,
    () => ({ expected, came: mailsTo(email) }),
  )
  assert.deepEqual(mailsTo(email), expected.toSorted())
}

const welcome = 'Thank you for subscribing to The Harbor Lantern'
const canceled = 'Your subscription is canceled'

describe('a reader who has bought', () => {
  it('gets the exact terms at the address they paid with, once, from one of two processes', async () => {
    const { email } = await aSubscriber()
    await mails(email, [welcome])
    const mail = mailServer.taken.at(-1)
    assert.match(
      mail?.text ?? '',
      /Nothing to pay today\. On April 24, 2027 your first bill comes to \$20\.24/,
    )
    assert.match(mail?.text ?? '', /Next charge: \$20\.24 on April 24, 2027/)
    assert.match(mail?.from?.text ?? '', /The Harbor Lantern.*mail@lantern\.example/)
  })

  it('is written nothing more by what is heard twice', async () => {
    const { email, subscription } = await aSubscriber()
    await mails(email, [welcome])
    for (const note of ['a', 'b', 'c'])
      await shop.stripe.subscriptions.update(subscription, { metadata: { note } })
    await shop.settled()
    await mails(email, [welcome])
  })

  it('gets a confirmation each time they cancel, and none for what they took back at once', async () => {
    const { email, browser } = await aSubscriber()
    await mails(email, [welcome])
    await browser.post('/v1/subscription/cancel').expect(200)
    await browser.post('/v1/subscription/cancel').expect(200)
    await mails(email, [welcome, canceled])
    await browser.post('/v1/subscription/resume').expect(200)
    await browser.post('/v1/subscription/cancel').expect(200)
    await mails(email, [welcome, canceled, canceled])
  })
})

describe('a mail server that takes nothing', () => {
  it('is asked again later, and the reader gets one mail when it does', async () => {
    mailServer.refuse('Out of order')
    const { email } = await aSubscriber()
    await shop.waitUntil(shop.now() + minuteMs)
    await reached('newsrack_notices_total{kind="welcome",outcome="failed"}', 1)
    mailServer.refuse(null)
    await shop.waitUntil(shop.now() + minuteMs)
    await mails(email, [welcome])
  })

  it('is given up after two days, and said so', async () => {
    mailServer.refuse('Out of order')
    const { email } = await aSubscriber()
    const failed = 'newsrack_notices_total{kind="welcome",outcome="failed"}'
    const before = await sum(failed)
    const minutesBetween = [1, 5, 30, 120, 360, 720, 1440]
    for (const [tries, later] of minutesBetween.entries()) {
      await reached(failed, before + tries + 1)
      await shop.waitUntil(shop.now() + later * minuteMs)
    }
    await reached('newsrack_notices_total{kind="welcome",outcome="given_up"}', 1)
    assert.equal(await sum(failed), before + minutesBetween.length)
    mailServer.refuse(null)
    await shop.waitUntil(shop.now() + 3 * dayMs)
    await mails(email, [])
  })

  /** Either process may have had the job. */
  async function sum(metric: string): Promise<number> {
    const texts = await Promise.all(
      [shop.url, secondProcess?.url ?? shop.url].map(
        async (url) => (await request(url).get('/metrics')).text,
      ),
    )
    const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.startsWith(metric))
    return lines.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
  }

  async function reached(metric: string, expected: number): Promise<void> {
    await asTimeGoesOn(
      async () => (await sum(metric)) >= expected,
      () => ({ metric, expected }),
    )
  }
})

describe('as time goes by', () => {
  it('a reader hears that the price will rise, of a payment that fails and of one given back; who has canceled does not', async () => {
    const owes = await aSubscriber({ number: '4000 0000 0000 0341' })
    const pays = await aSubscriber()
    const leaves = await aSubscriber()
    for (const { email } of [owes, pays, leaves]) await mails(email, [welcome])
    await leaves.browser.post('/v1/subscription/cancel').expect(200)
    await mails(leaves.email, [welcome, canceled])

    await shop.waitUntil(owes.introEndsAtMs - 10 * dayMs - 2 * minuteMs)
    await mails(owes.email, [welcome])
    await shop.waitUntil(owes.introEndsAtMs - 10 * dayMs)
    const rises = `Your introductory price ends on ${dateOf(owes.introEndsAtMs)}`
    await mails(owes.email, [welcome, rises])
    await mails(pays.email, [welcome, rises])

    await shop.waitUntil(owes.introEndsAtMs + dayMs)
    await mails(owes.email, [welcome, rises, 'Your payment did not go through'])
    const { data: charges } = await shop.stripe.charges.list({ customer: pays.customer, limit: 1 })
    await shop.stripe.refunds.create({ charge: charges[0]?.id ?? '' })
    await shop.settled()
    await mails(pays.email, [welcome, rises, 'Your payment is refunded'])
    assert.deepEqual(mailsTo(leaves.email), [welcome, canceled])
  })
})

function dateOf(instant: number): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'America/New_York' }).format(instant)
}
